-- The challenge that is open: the answer to an earlier one, to an earlier address, proves nothing.
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'endpoint' AND column_name = 'verification_id') = 0,
  'ALTER TABLE endpoint ADD COLUMN verification_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
