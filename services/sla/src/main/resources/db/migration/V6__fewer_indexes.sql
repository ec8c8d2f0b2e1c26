-- An index costs each clock some of the database's time, whoever uses it. The former release works with these: what it
-- asks for by client and notice, or by client and month, begins with the same columns.

-- Which promise a clock is of: from the notice on, so that it is also the index of a notice's clocks.
SET @change = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'clock' AND index_name = 'clock_of_promise') = 0,
  'ALTER TABLE clock ADD UNIQUE INDEX clock_of_promise (notice_id, objective, client_id, about)',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
SET @change = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'clock' AND index_name = 'clock_once') > 0,
  'ALTER TABLE clock DROP INDEX clock_once',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
SET @change = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'clock' AND index_name = 'clock_of_notice') > 0,
  'ALTER TABLE clock DROP INDEX clock_of_notice',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;

-- Without the state, which changes.
SET @change = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'clock' AND index_name = 'clock_of_month') = 0,
  'ALTER TABLE clock ADD INDEX clock_of_month (client_id, period)',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
SET @change = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'clock' AND index_name = 'clock_of_period') > 0,
  'ALTER TABLE clock DROP INDEX clock_of_period',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
