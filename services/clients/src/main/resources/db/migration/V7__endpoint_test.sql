-- The test message that was asked for last, and what came of it.
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'endpoint' AND column_name = 'test_id') = 0,
  'ALTER TABLE endpoint
    ADD COLUMN test_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN tested_at DATETIME(6) NULL,
    ADD COLUMN test_failure VARCHAR(500) NULL',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
