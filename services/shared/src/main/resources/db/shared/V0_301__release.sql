-- The releases of this service that run, or ran, on this schema, and which of them does the background work.
CREATE TABLE IF NOT EXISTS work_release (
  release_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- STANDBY, ACTIVE, DRAINING, REJECTED
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Of any of its instances.
  heartbeat_at DATETIME(6) NOT NULL,
  -- When it last became ACTIVE; null: it never was, so it may not take over by itself.
  activated_at DATETIME(6) NULL,
  PRIMARY KEY (release_id)
) DEFAULT CHARACTER SET utf8mb4;

-- One row: whoever changes the state of a release holds it.
CREATE TABLE IF NOT EXISTS work_gate (
  id TINYINT NOT NULL,
  PRIMARY KEY (id)
) DEFAULT CHARACTER SET utf8mb4;

INSERT IGNORE INTO work_gate (id) VALUES (1);
