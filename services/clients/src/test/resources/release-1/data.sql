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
INSERT INTO client (id, external_id, name, state, synthetic, version, created_at, updated_at)
VALUES ('cli_00000000000000000000000001', 'crm-7', 'Zoë & Söhne 東京', 'ACTIVE', FALSE, 3, '2026-09-01 08:00:00.123456', '2026-09-02 08:00:00');
INSERT INTO contact (id, client_id, name, email, ladder_level, filter, version, created_at, updated_at)
VALUES ('con_00000000000000000000000001', 'cli_00000000000000000000000001', 'On call', 'oncall@example.com', 1, '{}', 1, '2026-09-01 08:00:00', '2026-09-01 08:00:00');
INSERT INTO endpoint (id, client_id, url, state, filter, rate_per_second, version, created_at, updated_at, verification_id)
VALUES ('end_00000000000000000000000001', 'cli_00000000000000000000000001', 'https://hooks.example.com/in', 'UNVERIFIED', '{}', 10, 1, '2026-09-01 08:00:00', '2026-09-01 08:00:00', 'ver_00000000000000000000000001');
INSERT INTO endpoint_secret (id, endpoint_id, sealed, created_at)
VALUES ('sec_00000000000000000000000001', 'end_00000000000000000000000001', 'sealed', '2026-09-01 08:00:00');
INSERT INTO credential (id, client_id, oauth_client_id, name, state, withdrawn, created_at, version)
VALUES ('crd_00000000000000000000000001', 'cli_00000000000000000000000001', 'oauth-1', 'first', 'ACTIVE', FALSE, '2026-09-01 08:00:00', 1);
INSERT INTO component (id, name, state, version, created_at, updated_at)
VALUES ('cmp_00000000000000000000000001', 'storage', 'ACTIVE', 1, '2026-09-01 08:00:00', '2026-09-01 08:00:00');
INSERT INTO entitlement (client_id, component_id, effective_at) VALUES ('cli_00000000000000000000000001', 'cmp_00000000000000000000000001', '2026-09-01 08:00:00');
INSERT INTO agreement (id, name, latest, version, created_at) VALUES ('agr_00000000000000000000000001', 'Gold', 1, 1, '2026-09-01 08:00:00');
INSERT INTO agreement_version (agreement_id, number, terms, created_at)
VALUES ('agr_00000000000000000000000001', 1, '{}', '2026-09-01 08:00:00');
INSERT INTO agreement_assignment (client_id, effective_at, agreement_id, number)
VALUES ('cli_00000000000000000000000001', '2026-09-01 08:00:00', 'agr_00000000000000000000000001', 1);
