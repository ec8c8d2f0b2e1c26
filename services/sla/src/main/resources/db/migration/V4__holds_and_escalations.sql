-- Whether a clock stands still, and how many holds it has had: where there are none, none are looked for.
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'clock' AND column_name = 'held_since') = 0,
  'ALTER TABLE clock ADD COLUMN held_since DATETIME(6) NULL, ADD COLUMN holds INT NOT NULL DEFAULT 0',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;

-- Evidence, as its end is: both are added and never changed.
CREATE TABLE IF NOT EXISTS clock_hold (
    hold_id  CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    clock_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- Dense for each clock, from 1.
    number   INT NOT NULL,
    held_at  DATETIME(6) NOT NULL,
    reason   VARCHAR(500) NOT NULL,
    held_by  VARCHAR(255) NOT NULL,
    UNIQUE INDEX hold_number (clock_id, number)
) CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS clock_hold_end (
    hold_id  CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    ended_at DATETIME(6) NOT NULL,
    -- Null: nobody, the clock was stopped or voided.
    ended_by VARCHAR(255) NULL
) CHARACTER SET utf8mb4;

-- What somebody of the provider has to look at: once for each clock.
CREATE TABLE IF NOT EXISTS escalation (
    escalation_id     CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    clock_id          CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    client_id         CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    notice_id         CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    objective         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    drill             BOOLEAN NOT NULL,
    -- AT_RISK, BREACHED: the state of the clock for which it was opened.
    opened_for        VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason            VARCHAR(255) NOT NULL,
    -- As it was when it was opened.
    due_at            DATETIME(6) NOT NULL,
    -- OPEN, ACKNOWLEDGED, RESOLVED
    state             VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    opened_at         DATETIME(6) NOT NULL,
    acknowledged_at   DATETIME(6) NULL,
    acknowledged_by   VARCHAR(255) NULL,
    acknowledged_note VARCHAR(1000) NULL,
    resolved_at       DATETIME(6) NULL,
    -- Null: nobody, the clock was stopped or voided.
    resolved_by       VARCHAR(255) NULL,
    resolved_note     VARCHAR(1000) NULL,
    version           BIGINT NOT NULL,
    UNIQUE INDEX escalation_once (clock_id),
    INDEX escalation_by_client (client_id, escalation_id),
    INDEX escalation_by_state (state, escalation_id),
    INDEX escalation_by_notice (notice_id, escalation_id)
) CHARACTER SET utf8mb4;
