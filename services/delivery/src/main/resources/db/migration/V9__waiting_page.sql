-- Pages of owed updates that are not deliveries yet: what is urgent need not wait until all that was said before is.
CREATE TABLE IF NOT EXISTS waiting_page (
  -- The order of the log, for each notice.
  page_id BIGINT NOT NULL AUTO_INCREMENT,
  notice_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- As a delivery's: best effort counts as a day.
  earliest_due DATETIME(6) NOT NULL,
  -- The first so many of its obligations exist.
  applied INT NOT NULL,
  -- The event, as it was read.
  position BIGINT NOT NULL,
  event_id VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  time DATETIME(6) NOT NULL,
  correlation_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  data LONGTEXT NOT NULL,
  PRIMARY KEY (page_id),
  KEY waiting_page_notice (notice_id, page_id),
  KEY waiting_page_due (earliest_due, notice_id)
) DEFAULT CHARACTER SET utf8mb4;
