-- The gateway's API key that was made with the credential; older credentials have none.
ALTER TABLE credential
  ADD COLUMN api_key_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD UNIQUE KEY credential_api_key (api_key_id);
