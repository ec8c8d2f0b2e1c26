-- Which kinds of messages each release of this service can send, besides those that all can. A release that has said
-- nothing is one from before this table.
CREATE TABLE IF NOT EXISTS message_sender (
  release_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type VARCHAR(50) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (release_id, type)
) DEFAULT CHARACTER SET utf8mb4;

-- What was read and becomes a message only when each release that may send here can send it: another one would say
-- something else.
CREATE TABLE IF NOT EXISTS awaited_event (
  position BIGINT NOT NULL,
  event_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type VARCHAR(50) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  document LONGTEXT NOT NULL,
  PRIMARY KEY (position, event_id)
) DEFAULT CHARACTER SET utf8mb4;
