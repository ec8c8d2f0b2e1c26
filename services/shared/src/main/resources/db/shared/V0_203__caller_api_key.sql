-- The API key that was made with the credential: a key that is sent must belong to the token's client.
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'caller_credential' AND column_name = 'api_key_id') = 0,
  'ALTER TABLE caller_credential
    ADD COLUMN api_key_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD KEY caller_credential_api_key (api_key_id)',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;
