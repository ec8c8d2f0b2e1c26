INSERT INTO event_log (position, type, subject, time, ignorable, correlation_id, data, appended_at)
VALUES (1, 'client.upserted', 'cli_00000000000000000000000001', '2026-09-01 08:00:00.000001', FALSE, 'cor_1', '{"clientId":"cli_00000000000000000000000001","name":"Zoë & Söhne 東京"}', '2026-09-01 08:00:00.000002');
UPDATE log_head SET pos = 1;
INSERT INTO inbox_cursor (source, epoch, pos, as_of) VALUES ('clients', 'AAAAAAAAAAAAAAAAAAAAAAAAAA', 41, '2026-09-01 08:00:00');
INSERT INTO inbox_parked (source, position, event_id, type, subject, time, correlation_id, data, reason, parked_at)
VALUES ('clients', 40, 'evt_1', 'client.upserted', 'cli_x', '2026-09-01 07:00:00', 'cor_2', '{}', 'poison', '2026-09-01 07:00:01');
INSERT INTO idempotency_key (caller, idempotency_key, request_hash, status, headers, body, created_at)
VALUES ('provider', 'once', REPEAT('a', 64), 201, '{}', '{"id":"x"}', '2026-09-01 08:00:00');
INSERT INTO caller_credential (oauth_client_id, credential_id, client_id, state)
VALUES ('oauth-1', 'crd_00000000000000000000000001', 'cli_00000000000000000000000001', 'ACTIVE');
INSERT INTO client (client_id, removed) VALUES ('cli_00000000000000000000000001', FALSE);
INSERT INTO endpoint (endpoint_id, client_id, url, state, rate_per_second, secrets)
VALUES ('end_00000000000000000000000001', 'cli_00000000000000000000000001', 'https://hooks.example.com/in', 'VERIFIED', 10, '[]');
INSERT INTO endpoint_queue (endpoint_id, client_id, state, earliest_due, wake)
VALUES ('end_00000000000000000000000001', 'cli_00000000000000000000000001', 'IDLE', '2026-09-03 08:01:01.000007', 4);
INSERT INTO notice_update (update_id, notice_id, published_at, correlation_id, document)
VALUES ('upd_00000000000000000000000001', 'not_00000000000000000000000001', '2026-09-03 08:00:01.000007', 'cor_3', '{"title":"Errors in 東京"}');
INSERT INTO client_stream (client_id, last_seq) VALUES ('cli_00000000000000000000000001', 1);
INSERT INTO obligation (obligation_id, client_id, notice_id, update_id, client_seq, owed_from, due_at, satisfied_at)
VALUES ('obl_00000000000000000000000001', 'cli_00000000000000000000000001', 'not_00000000000000000000000001', 'upd_00000000000000000000000001', 1, '2026-09-03 08:00:01.000007', '2026-09-03 08:01:01.000007', '2026-09-03 08:00:02');
INSERT INTO delivery (delivery_id, obligation_id, client_id, notice_id, update_id, endpoint_id, client_seq, fallback, state, started_at, due_at, earliest_due, attempts, rejected, first_attempt_at, last_attempt_at, settled_at)
VALUES ('dlv_00000000000000000000000001', 'obl_00000000000000000000000001', 'cli_00000000000000000000000001', 'not_00000000000000000000000001', 'upd_00000000000000000000000001', 'end_00000000000000000000000001', 1, FALSE, 'DELIVERED', '2026-09-03 08:00:01.000007', '2026-09-03 08:01:01.000007', '2026-09-03 08:01:01.000007', 1, FALSE, '2026-09-03 08:00:01.5', '2026-09-03 08:00:01.5', '2026-09-03 08:00:02');
INSERT INTO attempt (attempt_id, delivery_id, number, started_at, ended_at, url, address, request_sha256, status, correlation_id)
VALUES ('att_00000000000000000000000001', 'dlv_00000000000000000000000001', 1, '2026-09-03 08:00:01.5', '2026-09-03 08:00:02', 'https://hooks.example.com/in', '192.0.2.1:443', REPEAT('b', 64), 204, 'cor_3');
INSERT INTO endpoint_check (check_id, endpoint_id, client_id, kind, state, attempts, next_at)
VALUES ('ver_00000000000000000000000001', 'end_00000000000000000000000001', 'cli_00000000000000000000000001', 'CHALLENGE', 'PASSED', 1, '2026-09-01 08:00:00');
