-- What is sent to an endpoint once more; the work goes on from here wherever it was interrupted.
CREATE TABLE IF NOT EXISTS replay (
  replay_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  endpoint_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  owed_since DATETIME(6) NOT NULL,
  owed_until DATETIME(6) NOT NULL,
  -- UNDELIVERED, ALL
  only_which VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- RUNNING, DONE
  state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The last delivery that was looked at.
  reached CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  replayed INT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  finished_at DATETIME(6) NULL,
  PRIMARY KEY (replay_id),
  KEY replay_endpoint (endpoint_id, state),
  KEY replay_state (state)
) DEFAULT CHARACTER SET utf8mb4;
