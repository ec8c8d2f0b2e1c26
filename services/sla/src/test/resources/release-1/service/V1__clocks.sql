-- Replicas: what this service needs of the others.
CREATE TABLE IF NOT EXISTS client (
    client_id   CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    external_id VARCHAR(255) NOT NULL,
    name        VARCHAR(255) NOT NULL,
    removed_at  DATETIME(6) NULL
) CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS endpoint (
    endpoint_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    client_id   CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    verified    BOOLEAN NOT NULL,
    INDEX endpoint_of_client (client_id)
) CHARACTER SET utf8mb4;

-- One version of an agreement, its calendar inside; written once, never changed.
CREATE TABLE IF NOT EXISTS terms (
    agreement_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version      INT NOT NULL,
    document     LONGTEXT NOT NULL,
    PRIMARY KEY (agreement_id, version)
) CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS published_update (
    update_id    CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    notice_id    CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq          INT NOT NULL,
    kind         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    severity     VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    published_at DATETIME(6) NOT NULL,
    closing      BOOLEAN NOT NULL,
    INDEX update_of_notice (notice_id, seq)
) CHARACTER SET utf8mb4;

-- What is known of an obligation. Its two halves come from two logs, in either order.
CREATE TABLE IF NOT EXISTS obligation (
    obligation_id      CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    client_id          CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
    notice_id          CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
    update_id          CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
    owed_from          DATETIME(6) NULL,
    drill              BOOLEAN NULL,
    agreement_id       CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
    agreement_version  INT NULL,
    owed_position      BIGINT NULL,
    owed_event         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    satisfied_at       DATETIME(6) NULL,
    satisfied_position BIGINT NULL,
    satisfied_event    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    acknowledged_at       DATETIME(6) NULL,
    acknowledged_position BIGINT NULL,
    acknowledged_event    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL
) CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS delivery_fact (
    delivery_id         CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    obligation_id       CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    endpoint_id         CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
    first_attempt_at    DATETIME(6) NULL,
    recipient_failed_at DATETIME(6) NULL,
    provider_failed_at  DATETIME(6) NULL,
    outcome             VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
    settled_at          DATETIME(6) NULL,
    attempts            INT NULL,
    reason              VARCHAR(255) NULL,
    INDEX fact_of_obligation (obligation_id)
) CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS clock (
    clock_id           CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    client_id          CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    objective          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    notice_id          CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- What tells several clocks of a client, objective and notice apart: the update, the obligation or nothing.
    about              VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    update_id          CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
    obligation_id      CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
    drill              BOOLEAN NOT NULL,
    agreement_id       CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    agreement_version  INT NOT NULL,
    calendar_id        CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    calendar_version   INT NOT NULL,
    counts_recipient_miss BOOLEAN NOT NULL,
    target_ms          BIGINT NOT NULL,
    start_at           DATETIME(6) NOT NULL,
    start_source       VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    start_type         VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    start_position     BIGINT NOT NULL,
    start_event        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at_risk_at         DATETIME(6) NOT NULL,
    due_at             DATETIME(6) NOT NULL,
    period             CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state              VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- The log that can stop the clock, and the next instant to be judged (null: none).
    evidence           VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    next_at            DATETIME(6) NULL,
    evidence_pending   BOOLEAN NOT NULL DEFAULT FALSE,
    stopped_at         DATETIME(6) NULL,
    stop_source        VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
    stop_type          VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
    stop_position      BIGINT NULL,
    stop_event         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    attribution        VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
    cause              VARCHAR(255) NULL,
    UNIQUE INDEX clock_once (client_id, notice_id, objective, about),
    INDEX clock_next (evidence, next_at),
    INDEX clock_of_obligation (obligation_id),
    INDEX clock_of_notice (notice_id, objective),
    INDEX clock_of_period (client_id, period, drill, objective, state),
    INDEX clock_by_client (client_id, due_at, clock_id),
    INDEX clock_by_state (state, due_at, clock_id),
    INDEX clock_by_due (due_at, clock_id)
) CHARACTER SET utf8mb4;

-- The audit: how each clock came to its state, on what evidence. The key says that each happens once.
CREATE TABLE IF NOT EXISTS clock_transition (
    clock_id  CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state     VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at        DATETIME(6) NOT NULL,
    judged_at DATETIME(6) NOT NULL,
    evidence  TEXT NOT NULL,
    PRIMARY KEY (clock_id, state)
) CHARACTER SET utf8mb4;
