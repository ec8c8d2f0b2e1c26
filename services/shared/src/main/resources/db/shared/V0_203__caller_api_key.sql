-- The API key that was made with the credential: a key that is sent must belong to the token's client.
ALTER TABLE caller_credential
  ADD COLUMN api_key_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD KEY caller_credential_api_key (api_key_id);
