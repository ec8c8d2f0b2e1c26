-- Who did what by the API of all services. Rows are added and never changed: each carries the hash of the one before it
-- from the same service, so what is changed or taken away is seen.
CREATE TABLE IF NOT EXISTS audit_entry (
    audit_id       CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    source         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- Dense for each source, from 1.
    number         BIGINT NOT NULL,
    at             DATETIME(6) NOT NULL,
    actor_kind     VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    actor          VARCHAR(255) NOT NULL,
    actor_name     VARCHAR(255) NULL,
    actor_client   CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
    action         VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    outcome        VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    correlation_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- Ids, separated by commas.
    about          LONGTEXT NOT NULL,
    previous_hash  CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    hash           CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    UNIQUE INDEX audit_number (source, number),
    INDEX audit_at (at),
    INDEX audit_actor (actor, audit_id),
    INDEX audit_action (action, audit_id)
) CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS audit_about (
    about    CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    audit_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (about, audit_id)
) CHARACTER SET utf8mb4;

-- The end of each source's chain: what is cut off there is seen, too.
CREATE TABLE IF NOT EXISTS audit_chain (
    source  VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    entries BIGINT NOT NULL,
    hash    CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
) CHARACTER SET utf8mb4;
