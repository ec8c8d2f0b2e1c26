package io.punctual.shared.idempotency;

import io.punctual.testing.PunctualTest;
import io.punctual.testing.sample.SampleApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@PunctualTest(classes = SampleApplication.class)
class KeyPurgeTests {

	@Autowired
	private KeyPurge purge;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void deletesWhatIsOlderThanADay() {
		for (int i = 0; i < 2500; i++) {
			insert("old-" + i, 24 * 3600 + 1 + i);
		}
		// Young enough for a busy machine.
		insert("young", 24 * 3600 - 600);
		this.purge.purge();
		assertThat(this.jdbc.sql("SELECT idempotency_key FROM idempotency_key WHERE caller = 'somebody'")
			.query(String.class)
			.list()).containsExactly("young");
	}

	private void insert(String key, int ageSeconds) {
		this.jdbc.sql("""
				INSERT INTO idempotency_key (caller, idempotency_key, request_hash, created_at)
				VALUES ('somebody', ?, '', UTC_TIMESTAMP(6) - INTERVAL ? SECOND)""").params(key, ageSeconds).update();
	}

}
