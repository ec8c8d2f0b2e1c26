-- Whose endpoints and contacts are told of escalations; null: nobody's.
CREATE TABLE IF NOT EXISTS on_call (
  only_row TINYINT NOT NULL PRIMARY KEY,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
  version BIGINT NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  FOREIGN KEY (client_id) REFERENCES client (id)
) DEFAULT CHARACTER SET utf8mb4;
INSERT IGNORE INTO on_call (only_row, client_id, version, changed_at) VALUES (1, NULL, 0, UTC_TIMESTAMP(6));
