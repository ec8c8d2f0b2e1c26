package io.punctual.shared.idempotency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The keys that callers have used, each with the answer it got; inside the effect's own
 * transaction.
 */
class IdempotencyKeys {

	/** How long an answer is repeated. */
	static final Duration KEPT = Duration.ofHours(24);

	private static final int PURGE_BATCH = 1000;

	/** ER_LOCK_WAIT_TIMEOUT, the same in MySQL and MariaDB. */
	private static final int LOCK_WAIT_TIMEOUT = 1205;

	private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	private final JsonMapper json;

	IdempotencyKeys(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * Takes a key, waiting for a transaction that holds it.
	 * @return the answer if the key has been used for this request before; empty if it is
	 * taken now
	 * @throws ProblemException if it is still held, or was used for another request
	 */
	Optional<StoredAnswer> take(String caller, String key, String requestHash) {
		try {
			insert(caller, key, requestHash);
			return Optional.empty();
		}
		catch (DuplicateKeyException ex) {
			// Read without a lock: many who repeat a request at once would end in a
			// deadlock if they all asked to delete.
			Row row = find(caller, key);
			if (row.expired() && deleteExpired(caller, key)) {
				insert(caller, key, requestHash);
				return Optional.empty();
			}
			// The hash of another request must not tell its answer: it is compared
			// before.
			if (!row.requestHash().equals(requestHash)) {
				throw ProblemException.of(ProblemType.IDEMPOTENCY_KEY_REUSED,
						"The key was used for another request within 24 hours. Take a new one.");
			}
			return Optional.of(row.answer());
		}
		catch (CannotAcquireLockException | QueryTimeoutException ex) {
			if (isLockWaitTimeout(ex)) {
				throw ProblemException.of(ProblemType.IDEMPOTENCY_IN_FLIGHT,
						"The first request with this key has not ended yet. Try again.");
			}
			throw ex;
		}
	}

	void store(String caller, String key, StoredAnswer answer) {
		this.jdbc.sql("""
				UPDATE idempotency_key SET status = :status, headers = :headers, body = :body
				WHERE caller = :caller AND idempotency_key = :key""")
			.param("status", answer.status())
			.param("headers", this.json.writeValueAsString(answer.headers()))
			.param("body", answer.body())
			.param("caller", caller)
			.param("key", key)
			.update();
	}

	/**
	 * Deletes some of the keys that are no longer repeated.
	 * @return whether there may be more
	 */
	boolean purge() {
		return this.jdbc.sql("""
				DELETE FROM idempotency_key WHERE created_at < UTC_TIMESTAMP(6) - INTERVAL :seconds SECOND
				ORDER BY created_at LIMIT :batch""")
			.param("seconds", KEPT.toSeconds())
			.param("batch", PURGE_BATCH)
			.update() == PURGE_BATCH;
	}

	private void insert(String caller, String key, String requestHash) {
		this.jdbc.sql("""
				INSERT INTO idempotency_key (caller, idempotency_key, request_hash, created_at)
				VALUES (:caller, :key, :hash, UTC_TIMESTAMP(6))""")
			.param("caller", caller)
			.param("key", key)
			.param("hash", requestHash)
			.update();
	}

	private boolean deleteExpired(String caller, String key) {
		return this.jdbc.sql("""
				DELETE FROM idempotency_key WHERE caller = :caller AND idempotency_key = :key
				AND created_at < UTC_TIMESTAMP(6) - INTERVAL :seconds SECOND""")
			.param("caller", caller)
			.param("key", key)
			.param("seconds", KEPT.toSeconds())
			.update() == 1;
	}

	private Row find(String caller, String key) {
		return this.jdbc.sql("""
				SELECT request_hash, status, headers, body,
				  created_at < UTC_TIMESTAMP(6) - INTERVAL :seconds SECOND AS expired
				FROM idempotency_key WHERE caller = :caller AND idempotency_key = :key""")
			.param("caller", caller)
			.param("key", key)
			.param("seconds", KEPT.toSeconds())
			.query(this::row)
			.optional()
			.orElseThrow(() -> ProblemException.of(ProblemType.IDEMPOTENCY_IN_FLIGHT,
					"The first request with this key has just ended. Try again."));
	}

	private Row row(ResultSet row, int number) throws SQLException {
		String headers = row.getString("headers");
		return new Row(row.getString("request_hash"),
				new StoredAnswer(row.getInt("status"),
						(headers != null) ? this.json.readValue(headers, HEADERS) : Map.of(), row.getString("body")),
				row.getBoolean("expired"));
	}

	private static boolean isLockWaitTimeout(Throwable ex) {
		for (@Nullable
		Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sql && sql.getErrorCode() == LOCK_WAIT_TIMEOUT) {
				return true;
			}
		}
		return false;
	}

	/**
	 * A key's row.
	 */
	private record Row(String requestHash, StoredAnswer answer, boolean expired) {
	}

}
