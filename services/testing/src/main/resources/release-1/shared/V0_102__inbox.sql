-- How far this service has read each other service's log.
CREATE TABLE IF NOT EXISTS inbox_cursor (
  source VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  epoch CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  pos BIGINT NOT NULL,
  -- Every event up to this instant is at or before pos.
  as_of DATETIME(6) NOT NULL,
  -- Who reads at the moment; it saves the others' traffic, and nothing depends on it.
  lease_owner CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lease_until DATETIME(6) NULL,
  PRIMARY KEY (source)
) DEFAULT CHARACTER SET utf8mb4;

-- Events that could not be applied, and later ones of the same subjects.
CREATE TABLE IF NOT EXISTS inbox_parked (
  source VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position BIGINT NOT NULL,
  event_id VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(80) NOT NULL,
  time DATETIME(6) NOT NULL,
  correlation_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  data LONGTEXT NOT NULL,
  reason VARCHAR(1000) NOT NULL,
  parked_at DATETIME(6) NOT NULL,
  PRIMARY KEY (source, position),
  KEY inbox_parked_subject (source, subject)
) DEFAULT CHARACTER SET utf8mb4;
