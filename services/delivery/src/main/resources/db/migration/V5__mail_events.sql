-- What a mail service says of a mail after it has taken it over. At least once, in any order: the id is made of what was said.
CREATE TABLE IF NOT EXISTS mail_event (
  event_id CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  delivery_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempt_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- DELIVERED, BOUNCED, BOUNCED_FOR_NOW, COMPLAINED, REJECTED, DELAYED
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  happened_at DATETIME(6) NOT NULL,
  heard_at DATETIME(6) NOT NULL,
  status VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- The receiving server's words, which repeat addresses: under the contact's own key.
  answer TEXT CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (event_id),
  KEY mail_event_attempt (attempt_id)
) DEFAULT CHARACTER SET utf8mb4;
-- The name that the mail service has given the mail.
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'attempt' AND column_name = 'message_id') = 0,
  'ALTER TABLE attempt
    ADD COLUMN message_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
-- Why no more mail goes to a contact's address, until the address is another.
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'endpoint' AND column_name = 'stopped_reason') = 0,
  'ALTER TABLE endpoint
    ADD COLUMN stopped_reason VARCHAR(100) NULL,
    ADD COLUMN stopped_at DATETIME(6) NULL',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
