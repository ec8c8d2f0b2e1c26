-- Who only watches the system is in no statement.
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'client' AND column_name = 'synthetic') = 0,
  'ALTER TABLE client ADD COLUMN synthetic BOOLEAN NOT NULL DEFAULT FALSE',
  'DO 0');
PREPARE statement FROM @change;
EXECUTE statement;
DEALLOCATE PREPARE statement;

-- What statements are signed with. The private half is sealed; the newest that is not retired signs.
CREATE TABLE IF NOT EXISTS statement_key (
    key_id         CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    public_key     VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sealed_private TEXT NOT NULL,
    created_at     DATETIME(6) NOT NULL,
    retired_at     DATETIME(6) NULL
) CHARACTER SET utf8mb4;

-- The end of each client's chain. Whoever closes a period locks it first.
CREATE TABLE IF NOT EXISTS statement_chain (
    client_id  CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    statements BIGINT NOT NULL,
    period     CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NULL,
    hash       CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
) CHARACTER SET utf8mb4;

-- Written once, never changed. The document is canonical JSON, byte by byte what was hashed and signed.
CREATE TABLE IF NOT EXISTS statement (
    statement_id  CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    client_id     CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- Dense for each client, from 1.
    number        BIGINT NOT NULL,
    period        CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    previous_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    hash          CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    key_id        CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    signature     VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    closed_at     DATETIME(6) NOT NULL,
    document      LONGTEXT NOT NULL,
    UNIQUE INDEX statement_number (client_id, number),
    UNIQUE INDEX statement_period (client_id, period)
) CHARACTER SET utf8mb4;

-- What was last said of each clock: where it is otherwise by now, the next statement says so.
CREATE TABLE IF NOT EXISTS statement_clock (
    clock_id    CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    number      BIGINT NOT NULL,
    state       VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    stopped_at  DATETIME(6) NULL,
    attribution VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL
) CHARACTER SET utf8mb4;
