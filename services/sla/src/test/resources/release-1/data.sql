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
INSERT INTO client (client_id, external_id, name) VALUES ('cli_00000000000000000000000001', 'crm-7', 'Zoë & Söhne 東京');
INSERT INTO endpoint (endpoint_id, client_id, verified) VALUES ('end_00000000000000000000000001', 'cli_00000000000000000000000001', TRUE);
INSERT INTO terms (agreement_id, version, document) VALUES ('agr_00000000000000000000000001', 1, '{}');
INSERT INTO published_update (update_id, notice_id, seq, kind, severity, published_at, closing)
VALUES ('upd_00000000000000000000000001', 'not_00000000000000000000000001', 1, 'INCIDENT', 'CRITICAL', '2026-09-03 08:00:01.000007', FALSE);
INSERT INTO obligation (obligation_id, client_id, notice_id, update_id, owed_from, drill, agreement_id, agreement_version, satisfied_at)
VALUES ('obl_00000000000000000000000001', 'cli_00000000000000000000000001', 'not_00000000000000000000000001', 'upd_00000000000000000000000001', '2026-09-03 08:00:01.000007', FALSE, 'agr_00000000000000000000000001', 1, '2026-09-03 08:00:02');
INSERT INTO delivery_fact (delivery_id, obligation_id, endpoint_id, outcome, settled_at, attempts)
VALUES ('dlv_00000000000000000000000001', 'obl_00000000000000000000000001', 'end_00000000000000000000000001', 'DELIVERED', '2026-09-03 08:00:02', 1);
INSERT INTO clock (clock_id, client_id, objective, notice_id, about, update_id, obligation_id, drill, agreement_id, agreement_version, calendar_id, calendar_version, counts_recipient_miss, target_ms, start_at, start_source, start_type, start_position, start_event, at_risk_at, due_at, period, state, evidence, stopped_at)
VALUES ('clk_00000000000000000000000001', 'cli_00000000000000000000000001', 'DELIVERY', 'not_00000000000000000000000001', 'obl_00000000000000000000000001', 'upd_00000000000000000000000001', 'obl_00000000000000000000000001', FALSE, 'agr_00000000000000000000000001', 1, 'cal_00000000000000000000000001', 1, TRUE, 60000, '2026-09-03 08:00:01.000007', 'notices', 'update.owed', 7, 'evt_7', '2026-09-03 08:00:49.000007', '2026-09-03 08:01:01.000007', '2026-09', 'MET', 'delivery', '2026-09-03 08:00:02');
INSERT INTO clock_transition (clock_id, state, at, judged_at, evidence)
VALUES ('clk_00000000000000000000000001', 'MET', '2026-09-03 08:00:02', '2026-09-03 08:00:02.6', 'delivery read to position 9');
