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
INSERT INTO client (client_id, external_id, name, state) VALUES ('cli_00000000000000000000000001', 'crm-7', 'Zoë & Söhne 東京', 'ACTIVE');
INSERT INTO component (component_id, name, state) VALUES ('cmp_00000000000000000000000001', 'storage', 'ACTIVE');
INSERT INTO entitlement (component_id, client_id, effective_at) VALUES ('cmp_00000000000000000000000001', 'cli_00000000000000000000000001', '2026-09-01 08:00:00');
INSERT INTO endpoint (endpoint_id, client_id, state) VALUES ('end_00000000000000000000000001', 'cli_00000000000000000000000001', 'VERIFIED');
INSERT INTO agreement_version (agreement_id, version, terms) VALUES ('agr_00000000000000000000000001', 1, '{}');
INSERT INTO client_agreement (client_id, effective_at, agreement_id, version)
VALUES ('cli_00000000000000000000000001', '2026-09-01 08:00:00', 'agr_00000000000000000000000001', 1);
INSERT INTO notice (notice_id, kind, state, severity, title, drill, created_at, created_by, updated_at, published_at, last_seq, version)
VALUES ('not_00000000000000000000000001', 'INCIDENT', 'INVESTIGATING', 'CRITICAL', 'Errors in 東京', FALSE, '2026-09-03 08:00:00', 'provider', '2026-09-03 08:00:01.000007', '2026-09-03 08:00:01.000007', 1, 2);
INSERT INTO notice_component (notice_id, ordinal, component_id) VALUES ('not_00000000000000000000000001', 0, 'cmp_00000000000000000000000001');
INSERT INTO notice_update (update_id, notice_id, seq, state, severity, title, text, closing, published_at, published_by, audience_pos)
VALUES ('upd_00000000000000000000000001', 'not_00000000000000000000000001', 1, 'INVESTIGATING', 'CRITICAL', 'Errors in 東京', 'We look into it.', FALSE, '2026-09-03 08:00:01.000007', 'provider', 41);
INSERT INTO update_impact (update_id, component_id, level) VALUES ('upd_00000000000000000000000001', 'cmp_00000000000000000000000001', 'MAJOR');
INSERT INTO obligation_group (update_id, group_no, agreement_id, agreement_version, owed_from, due_at, supplementary)
VALUES ('upd_00000000000000000000000001', 0, 'agr_00000000000000000000000001', 1, '2026-09-03 08:00:01.000007', '2026-09-03 08:01:01.000007', FALSE);
INSERT INTO obligation (obligation_id, update_id, notice_id, client_id, group_no, endpoint_ids)
VALUES ('obl_00000000000000000000000001', 'upd_00000000000000000000000001', 'not_00000000000000000000000001', 'cli_00000000000000000000000001', 0, '["end_00000000000000000000000001"]');
