-- A replica of the credentials that `clients` owns: whose token is it?
CREATE TABLE IF NOT EXISTS caller_credential (
  oauth_client_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  credential_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (oauth_client_id)
) DEFAULT CHARACTER SET utf8mb4;
