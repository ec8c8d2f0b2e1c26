-- The log of what this service changed. One row says how far it is: positions are taken from it by the last statement
-- of a transaction that locks anything, so they are dense in the order of commits.
CREATE TABLE IF NOT EXISTS log_head (
  id TINYINT NOT NULL,
  -- Whose positions these are. Give a restored schema another one: readers then stop instead of mixing two histories.
  epoch CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  pos BIGINT NOT NULL,
  -- The first position that is still kept.
  tail BIGINT NOT NULL,
  PRIMARY KEY (id)
) DEFAULT CHARACTER SET utf8mb4;

INSERT IGNORE INTO log_head (id, epoch, pos, tail)
VALUES (1, UPPER(LEFT(SHA2(CONCAT(UTC_TIMESTAMP(6), ':', CONNECTION_ID(), ':', RAND()), 256), 26)), 0, 1);

CREATE TABLE IF NOT EXISTS event_log (
  position BIGINT NOT NULL,
  type VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(80) NOT NULL,
  time DATETIME(6) NOT NULL,
  ignorable BOOLEAN NOT NULL,
  correlation_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  data LONGTEXT NOT NULL,
  -- Never earlier than that of the position before.
  appended_at DATETIME(6) NOT NULL,
  PRIMARY KEY (position)
) DEFAULT CHARACTER SET utf8mb4;
