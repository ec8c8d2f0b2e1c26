-- A contact is an endpoint of another channel: the lease, the retry law and the evidence are the same. What the release
-- before this one inserts is a webhook.
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'endpoint' AND column_name = 'channel') = 0,
  'ALTER TABLE endpoint
    ADD COLUMN channel VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''WEBHOOK'',
    ADD COLUMN mailbox TEXT CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN ladder_level INT NULL,
    ADD COLUMN notice_filter TEXT NULL',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
-- What the agreement requires: the channels, whether all of them, and what makes a mail count. Null: any channel will do.
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'obligation' AND column_name = 'required') = 0,
  'ALTER TABLE obligation
    ADD COLUMN required VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN requires_all BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN mail_evidence VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN reached VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
-- Where a mail went, under the contact's own key.
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'attempt' AND column_name = 'recipient') = 0,
  'ALTER TABLE attempt
    ADD COLUMN recipient VARCHAR(600) CHARACTER SET ascii COLLATE ascii_bin NULL',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
