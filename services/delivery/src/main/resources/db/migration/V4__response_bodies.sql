-- How far the bodies of answers are removed: attempts' ids ascend in time, so no index is needed to find the next ones.
CREATE TABLE IF NOT EXISTS body_removal (
  only_row TINYINT NOT NULL,
  reached CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (only_row)
) DEFAULT CHARACTER SET utf8mb4;
INSERT IGNORE INTO body_removal (only_row, reached) VALUES (1, '');
