-- Answers of requests that may be repeated, kept for 24 hours. The row is inserted before the effect, in its
-- transaction: a second request with the same key waits for the first one's end.
CREATE TABLE IF NOT EXISTS idempotency_key (
  caller VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status SMALLINT NULL,
  headers TEXT NULL,
  body LONGTEXT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (caller, idempotency_key),
  KEY idempotency_key_age (created_at)
) DEFAULT CHARACTER SET utf8mb4;
