CREATE TABLE IF NOT EXISTS slow_first (id INT PRIMARY KEY);
INSERT IGNORE INTO slow_first VALUES (1);
-- Waits for whoever has the lock: a test, until it has killed this.
DO GET_LOCK(CONCAT('slow_', DATABASE()), 300);
CREATE TABLE IF NOT EXISTS slow_second (id INT PRIMARY KEY);
