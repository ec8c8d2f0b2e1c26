-- Under it evidence keeps a contact's address: gone with the contact.
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'contact' AND column_name = 'evidence_key') = 0,
  'ALTER TABLE contact ADD COLUMN evidence_key VARBINARY(32) NULL',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
UPDATE contact SET evidence_key = RANDOM_BYTES(32) WHERE evidence_key IS NULL;
