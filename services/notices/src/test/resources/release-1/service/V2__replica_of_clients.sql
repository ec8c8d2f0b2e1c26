-- What this service needs to know of `clients`, as of the inbox cursor's position.
CREATE TABLE IF NOT EXISTS client (
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  external_id VARCHAR(200) NULL,
  name VARCHAR(200) NOT NULL,
  state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (client_id)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS component (
  component_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(200) NOT NULL,
  state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (component_id)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS entitlement (
  component_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  effective_at DATETIME(6) NOT NULL,
  PRIMARY KEY (component_id, client_id),
  KEY entitlement_by_client (client_id),
  KEY entitlement_by_instant (component_id, effective_at)
) DEFAULT CHARACTER SET utf8mb4;

-- A filter is a list in JSON; NULL lets everything through.
CREATE TABLE IF NOT EXISTS endpoint (
  endpoint_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  filter_kinds TEXT CHARACTER SET ascii COLLATE ascii_bin NULL,
  filter_severities TEXT CHARACTER SET ascii COLLATE ascii_bin NULL,
  filter_components TEXT CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (endpoint_id),
  KEY endpoint_by_client (client_id)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS agreement_version (
  agreement_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NOT NULL,
  terms LONGTEXT NOT NULL,
  PRIMARY KEY (agreement_id, version)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS client_agreement (
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  effective_at DATETIME(6) NOT NULL,
  agreement_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NOT NULL,
  PRIMARY KEY (client_id, effective_at),
  KEY client_agreement_by_instant (effective_at)
) DEFAULT CHARACTER SET utf8mb4;
