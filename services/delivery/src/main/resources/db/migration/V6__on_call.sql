-- Whose endpoints and contacts are told of escalations; null: nobody's.
CREATE TABLE IF NOT EXISTS on_call (
  only_row TINYINT NOT NULL,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (only_row)
) DEFAULT CHARACTER SET utf8mb4;
INSERT IGNORE INTO on_call (only_row, client_id) VALUES (1, NULL);
