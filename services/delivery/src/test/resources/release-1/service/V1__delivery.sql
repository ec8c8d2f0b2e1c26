-- What this service knows of clients: a replica, written by its reader only.
CREATE TABLE IF NOT EXISTS client (
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  removed BOOLEAN NOT NULL,
  PRIMARY KEY (client_id)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS endpoint (
  endpoint_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  url VARCHAR(2048) NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rate_per_second INT NOT NULL,
  -- Sealed: only the holder of the key can sign.
  secrets LONGTEXT NOT NULL,
  PRIMARY KEY (endpoint_id),
  KEY endpoint_client (client_id)
) DEFAULT CHARACTER SET utf8mb4;

-- The unit of lease: whoever holds the row sends to the endpoint, so order, rate and probe hold across instances.
CREATE TABLE IF NOT EXISTS endpoint_queue (
  endpoint_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- IDLE, READY, WAITING, LEASED
  state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The earliest due that can still be met, or the earliest of all; best effort counts as a day.
  earliest_due DATETIME(6) NOT NULL,
  next_at DATETIME(6) NULL,
  lease_token CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lease_until DATETIME(6) NULL,
  -- Grows when work is added: a holder that has not seen it may not let go.
  wake BIGINT NOT NULL,
  failing_since DATETIME(6) NULL,
  PRIMARY KEY (endpoint_id),
  KEY endpoint_queue_ready (state, earliest_due),
  KEY endpoint_queue_next (state, next_at),
  KEY endpoint_queue_lease (state, lease_until)
) DEFAULT CHARACTER SET utf8mb4;

-- What was said, as it was published.
CREATE TABLE IF NOT EXISTS notice_update (
  update_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  notice_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  published_at DATETIME(6) NOT NULL,
  correlation_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  document LONGTEXT NOT NULL,
  PRIMARY KEY (update_id)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS client_stream (
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  last_seq BIGINT NOT NULL,
  PRIMARY KEY (client_id)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS obligation (
  obligation_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  notice_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  update_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Dense for each client, in the order of the log.
  client_seq BIGINT NOT NULL,
  owed_from DATETIME(6) NOT NULL,
  due_at DATETIME(6) NULL,
  -- When other channels are used; null: done, or nothing to do.
  fallback_at DATETIME(6) NULL,
  satisfied_at DATETIME(6) NULL,
  acknowledged_at DATETIME(6) NULL,
  acknowledged_by VARCHAR(200) NULL,
  acknowledged_means VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (obligation_id),
  UNIQUE KEY obligation_seq (client_id, client_seq),
  KEY obligation_notice (notice_id, client_id),
  KEY obligation_fallback (fallback_at)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS delivery (
  delivery_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  obligation_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  notice_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  update_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  endpoint_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_seq BIGINT NOT NULL,
  fallback BOOLEAN NOT NULL,
  -- PENDING, DELIVERED, EXHAUSTED, SKIPPED; IN_FLIGHT is a pending one whose endpoint is leased.
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(200) NULL,
  started_at DATETIME(6) NOT NULL,
  due_at DATETIME(6) NULL,
  earliest_due DATETIME(6) NOT NULL,
  attempts INT NOT NULL,
  next_at DATETIME(6) NULL,
  -- The receiver refused this message, not its sender: it alone waits, the endpoint goes on.
  rejected BOOLEAN NOT NULL,
  first_attempt_at DATETIME(6) NULL,
  last_attempt_at DATETIME(6) NULL,
  last_side VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
  settled_at DATETIME(6) NULL,
  PRIMARY KEY (delivery_id),
  KEY delivery_endpoint (endpoint_id, state, earliest_due),
  KEY delivery_obligation (obligation_id),
  KEY delivery_client (client_id, delivery_id),
  KEY delivery_notice (notice_id, delivery_id)
) DEFAULT CHARACTER SET utf8mb4;

-- Evidence: one row for each attempt whose end was seen.
CREATE TABLE IF NOT EXISTS attempt (
  attempt_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  delivery_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT NOT NULL,
  started_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NOT NULL,
  url VARCHAR(2048) NOT NULL,
  address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  request_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status SMALLINT NULL,
  side VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
  error VARCHAR(200) NULL,
  response_headers TEXT NULL,
  response_body TEXT NULL,
  correlation_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (attempt_id),
  KEY attempt_delivery (delivery_id, number)
) DEFAULT CHARACTER SET utf8mb4;

-- Challenges and tests that clients asked for.
CREATE TABLE IF NOT EXISTS endpoint_check (
  check_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  endpoint_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- CHALLENGE, TEST
  kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- PENDING, PASSED, FAILED
  state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempts INT NOT NULL,
  next_at DATETIME(6) NOT NULL,
  result VARCHAR(200) NULL,
  PRIMARY KEY (check_id),
  KEY endpoint_check_next (state, next_at)
) DEFAULT CHARACTER SET utf8mb4;
