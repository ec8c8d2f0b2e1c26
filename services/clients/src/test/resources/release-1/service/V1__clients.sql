-- Who the clients are, what they use and what they were promised.

CREATE TABLE IF NOT EXISTS client (
  id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  external_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  name VARCHAR(200) NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  synthetic BOOLEAN NOT NULL,
  version BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  UNIQUE KEY client_external_id (external_id)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS contact (
  id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(200) NOT NULL,
  email VARCHAR(254) NOT NULL,
  ladder_level INT NOT NULL,
  filter TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  KEY contact_client (client_id, id),
  FOREIGN KEY (client_id) REFERENCES client (id)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS endpoint (
  id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  url VARCHAR(2048) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  description VARCHAR(200) NULL,
  state VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  filter TEXT NOT NULL,
  rate_per_second INT NOT NULL,
  verified_at DATETIME(6) NULL,
  failure_reason VARCHAR(500) NULL,
  version BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  KEY endpoint_client (client_id, id),
  FOREIGN KEY (client_id) REFERENCES client (id)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS endpoint_secret (
  id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  endpoint_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sealed VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  signs_until DATETIME(6) NULL,
  KEY endpoint_secret_endpoint (endpoint_id),
  FOREIGN KEY (endpoint_id) REFERENCES endpoint (id)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS credential (
  id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  oauth_client_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(200) NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  withdrawn BOOLEAN NOT NULL,
  created_at DATETIME(6) NOT NULL,
  revoked_at DATETIME(6) NULL,
  version BIGINT NOT NULL,
  UNIQUE KEY credential_oauth_client (oauth_client_id),
  KEY credential_client (client_id, id),
  KEY credential_to_withdraw (state, withdrawn),
  FOREIGN KEY (client_id) REFERENCES client (id)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS component (
  id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  name VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  description VARCHAR(1000) NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  UNIQUE KEY component_name (name)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS entitlement (
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  component_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  effective_at DATETIME(6) NOT NULL,
  PRIMARY KEY (client_id, component_id),
  KEY entitlement_component (component_id),
  FOREIGN KEY (client_id) REFERENCES client (id),
  FOREIGN KEY (component_id) REFERENCES component (id)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS calendar (
  id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  latest INT NOT NULL,
  version BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS calendar_version (
  calendar_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT NOT NULL,
  definition MEDIUMTEXT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (calendar_id, number),
  FOREIGN KEY (calendar_id) REFERENCES calendar (id)
) DEFAULT CHARACTER SET utf8mb4;

-- Always there: the calendar that never closes.
INSERT IGNORE INTO calendar (id, name, latest, version, created_at)
VALUES ('cal_00000000000000000000000247', '24x7', 1, 0, UTC_TIMESTAMP(6));
INSERT IGNORE INTO calendar_version (calendar_id, number, definition, created_at)
VALUES ('cal_00000000000000000000000247', 1, '{"zone":"Etc/UTC","weekly":{"MON":["00:00-24:00"],"TUE":["00:00-24:00"],"WED":["00:00-24:00"],"THU":["00:00-24:00"],"FRI":["00:00-24:00"],"SAT":["00:00-24:00"],"SUN":["00:00-24:00"]},"exceptions":{}}', UTC_TIMESTAMP(6));

CREATE TABLE IF NOT EXISTS agreement (
  id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  latest INT NOT NULL,
  version BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL
) DEFAULT CHARACTER SET utf8mb4;

-- The terms with the calendar inside, as they are promised: never changed.
CREATE TABLE IF NOT EXISTS agreement_version (
  agreement_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT NOT NULL,
  terms MEDIUMTEXT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (agreement_id, number),
  FOREIGN KEY (agreement_id) REFERENCES agreement (id)
) DEFAULT CHARACTER SET utf8mb4;

-- The one with the latest effective_at that is not in the future is in force.
CREATE TABLE IF NOT EXISTS agreement_assignment (
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  effective_at DATETIME(6) NOT NULL,
  agreement_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT NOT NULL,
  PRIMARY KEY (client_id, effective_at),
  KEY agreement_assignment_agreement (agreement_id, number),
  FOREIGN KEY (client_id) REFERENCES client (id),
  FOREIGN KEY (agreement_id, number) REFERENCES agreement_version (agreement_id, number)
) DEFAULT CHARACTER SET utf8mb4;
