CREATE TABLE IF NOT EXISTS notice (
  notice_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  severity VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(200) NOT NULL,
  drill BOOLEAN NOT NULL,
  detected_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  created_by VARCHAR(255) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  published_at DATETIME(6) NULL,
  closed_at DATETIME(6) NULL,
  last_seq INT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (notice_id),
  KEY notice_by_state (state, notice_id)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS notice_component (
  notice_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal INT NOT NULL,
  component_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (notice_id, ordinal),
  KEY notice_component_by_component (component_id, notice_id)
) DEFAULT CHARACTER SET utf8mb4;

-- Append-only. seq is dense per notice; audience_pos is the position in the log of `clients` that decided who is owed it.
CREATE TABLE IF NOT EXISTS notice_update (
  update_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  notice_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seq INT NOT NULL,
  state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  severity VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(200) NOT NULL,
  text MEDIUMTEXT NOT NULL,
  corrects CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
  closing BOOLEAN NOT NULL,
  published_at DATETIME(6) NOT NULL,
  published_by VARCHAR(255) NOT NULL,
  audience_pos BIGINT NOT NULL,
  PRIMARY KEY (update_id),
  UNIQUE KEY notice_update_seq (notice_id, seq)
) DEFAULT CHARACTER SET utf8mb4;

-- How every component of the notice fares from this update on, NONE included: complete, not a change.
CREATE TABLE IF NOT EXISTS update_impact (
  update_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  component_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  level VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (update_id, component_id),
  KEY update_impact_by_component (component_id, update_id)
) DEFAULT CHARACTER SET utf8mb4;

-- What the obligations of one update have in common: the promise and its instant. One row is one or more events.
CREATE TABLE IF NOT EXISTS obligation_group (
  update_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  group_no INT NOT NULL,
  agreement_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
  agreement_version INT NULL,
  owed_from DATETIME(6) NOT NULL,
  due_at DATETIME(6) NULL,
  supplementary BOOLEAN NOT NULL,
  PRIMARY KEY (update_id, group_no)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS obligation (
  obligation_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  update_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  notice_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  group_no INT NOT NULL,
  endpoint_ids TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Told by `delivery`, afterwards.
  satisfied_at DATETIME(6) NULL,
  acknowledged_at DATETIME(6) NULL,
  last_outcome VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
  last_reason VARCHAR(200) NULL,
  PRIMARY KEY (obligation_id),
  UNIQUE KEY obligation_once (update_id, client_id),
  KEY obligation_by_notice (notice_id, obligation_id),
  KEY obligation_by_client (client_id, notice_id)
) DEFAULT CHARACTER SET utf8mb4;
