CREATE TABLE api_key (
    id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    client_id VARCHAR(100) NOT NULL,
    value_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    usage_plan VARCHAR(100) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY by_value (value_sha256),
    UNIQUE KEY by_client_id (client_id)
);
