-- When maintenance takes place, and how often that was changed since it was announced; what an advisory says besides its
-- text, in JSON. What the former release writes has neither.
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'notice' AND column_name = 'window_start') = 0,
  'ALTER TABLE notice
    ADD COLUMN window_start DATETIME(6) NULL,
    ADD COLUMN window_end DATETIME(6) NULL,
    ADD COLUMN window_sequence INT NULL,
    ADD COLUMN advisory MEDIUMTEXT NULL',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;

SET @change = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'notice_update' AND column_name = 'window_start') = 0,
  'ALTER TABLE notice_update
    ADD COLUMN window_start DATETIME(6) NULL,
    ADD COLUMN window_end DATETIME(6) NULL,
    ADD COLUMN window_sequence INT NULL,
    ADD COLUMN advisory MEDIUMTEXT NULL',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
