-- An index costs each delivery some of the database's time, whoever uses it. The former release works without these: it
-- looks through more rows of small sets.

-- Of endpoints that wait nobody has the lease, so one index finds both those whose time has come and leases that ran out.
SET @change = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'endpoint_queue' AND index_name = 'endpoint_queue_wait') = 0,
  'ALTER TABLE endpoint_queue ADD KEY endpoint_queue_wait (state, lease_until, next_at)',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
SET @change = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'endpoint_queue' AND index_name = 'endpoint_queue_next') > 0,
  'ALTER TABLE endpoint_queue DROP KEY endpoint_queue_next',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
SET @change = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'endpoint_queue' AND index_name = 'endpoint_queue_lease') > 0,
  'ALTER TABLE endpoint_queue DROP KEY endpoint_queue_lease',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;

-- Asked only before a notice's last update goes to a client that is removed: among all that this client was owed.
SET @change = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'obligation' AND index_name = 'obligation_notice') > 0,
  'ALTER TABLE obligation DROP KEY obligation_notice',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
