-- Which client uses which component, from when to when. Kept, since a month is stated after it is over.
CREATE TABLE IF NOT EXISTS entitlement (
    client_id    CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    component_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    effective_at DATETIME(6) NOT NULL,
    revoked_at   DATETIME(6) NULL,
    PRIMARY KEY (client_id, component_id, effective_at)
) CHARACTER SET utf8mb4;

-- The version with the latest effective_at that is not after an instant is in force then.
CREATE TABLE IF NOT EXISTS agreement_assignment (
    client_id         CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    effective_at      DATETIME(6) NOT NULL,
    agreement_id      CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    agreement_version INT NOT NULL,
    PRIMARY KEY (client_id, effective_at)
) CHARACTER SET utf8mb4;

-- Since when all that is told here: from the beginning in a new installation, otherwise from the first hour in which the
-- former release, which passes over it, certainly reads no longer. Nothing is committed before.
CREATE TABLE IF NOT EXISTS availability_since (
    one   INT NOT NULL PRIMARY KEY,
    since DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4;

INSERT IGNORE INTO availability_since (one, since)
SELECT 1, IF(EXISTS (SELECT 1 FROM inbox_cursor WHERE pos > 0), UTC_TIMESTAMP(6) + INTERVAL 1 HOUR,
    '1970-01-01 00:00:00');

-- What updates say of components that are impaired. It holds until the notice's next update (published_update has its
-- instant), so what is well again needs no row.
CREATE TABLE IF NOT EXISTS component_impact (
    component_id  CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    update_id     CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    notice_id     CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq           INT NOT NULL,
    kind          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    drill         BOOLEAN NOT NULL,
    level         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    impaired_from DATETIME(6) NOT NULL,
    PRIMARY KEY (update_id, component_id),
    INDEX impact_of_component (component_id, impaired_from)
) CHARACTER SET utf8mb4;

-- When maintenance was to take place, and when that was announced: once for each time that it was changed.
CREATE TABLE IF NOT EXISTS maintenance_window (
    notice_id    CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sequence     INT NOT NULL,
    update_id    CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    announced_at DATETIME(6) NOT NULL,
    window_start DATETIME(6) NOT NULL,
    window_end   DATETIME(6) NOT NULL,
    PRIMARY KEY (notice_id, sequence),
    INDEX window_of_update (update_id)
) CHARACTER SET utf8mb4;

-- What statements have said of availability and of credits, each time: where it is otherwise by now, the next one says so.
CREATE TABLE IF NOT EXISTS statement_availability (
    client_id          CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    period             CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    component_id       CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number             BIGINT NOT NULL,
    committed_ms       BIGINT NOT NULL,
    -- Thousandths of a millisecond, the weights being thousandths.
    unavailable_micros BIGINT NOT NULL,
    target_ppm         INT NULL,
    PRIMARY KEY (client_id, period, component_id, number)
) CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS statement_credit (
    client_id         CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    period            CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    agreement_id      CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    agreement_version INT NOT NULL,
    number            BIGINT NOT NULL,
    -- Canonical JSON, as the statement has it.
    document          TEXT NOT NULL,
    PRIMARY KEY (client_id, period, agreement_id, agreement_version, number)
) CHARACTER SET utf8mb4;
