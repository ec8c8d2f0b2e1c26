package io.punctual.clients.credential;

import io.punctual.shared.release.UngatedWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Measures the credentials: how many there are, of which an issuer holds a limited
 * number, and how many it still has though they are revoked.
 */
@Component
class CredentialMeters {

	private static final Logger logger = LoggerFactory.getLogger(CredentialMeters.class);

	private final JdbcClient jdbc;

	private volatile double active = Double.NaN;

	private volatile double toWithdraw = Double.NaN;

	CredentialMeters(JdbcClient jdbc, MeterRegistry registry) {
		this.jdbc = jdbc;
		Gauge.builder("punctual.credentials.active", this, (meters) -> meters.active)
			.description("Credentials by which clients can call")
			.register(registry);
		Gauge.builder("punctual.credentials.to_withdraw", this, (meters) -> meters.toWithdraw)
			.description("Revoked credentials that their issuer still has")
			.register(registry);
	}

	@UngatedWork("it only counts")
	@Scheduled(fixedDelay = 60_000)
	void measure() {
		try {
			this.active = count("state = 'ACTIVE'");
			this.toWithdraw = count("state = 'REVOKED' AND NOT withdrawn");
		}
		catch (RuntimeException ex) {
			this.active = Double.NaN;
			this.toWithdraw = Double.NaN;
			logger.debug("The credentials cannot be counted", ex);
		}
	}

	private double count(String condition) {
		return this.jdbc.sql("SELECT COUNT(*) FROM credential WHERE " + condition).query(Double.class).single();
	}

}
