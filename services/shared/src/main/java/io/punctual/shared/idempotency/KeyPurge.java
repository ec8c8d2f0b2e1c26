package io.punctual.shared.idempotency;

import io.punctual.shared.release.WorkGate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Deletes keys after their 24 hours. Any number of instances may do so.
 */
class KeyPurge {

	private static final Logger logger = LoggerFactory.getLogger(KeyPurge.class);

	private final IdempotencyKeys keys;

	private final WorkGate gate;

	KeyPurge(IdempotencyKeys keys, WorkGate gate) {
		this.keys = keys;
		this.gate = gate;
	}

	@Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT10M")
	void purge() {
		try {
			while (this.gate.isOpen() && this.keys.purge()) {
				logger.debug("Expired idempotency keys deleted, there may be more");
			}
		}
		catch (DataAccessException ex) {
			// They wait for the next round.
			logger.info("Expired idempotency keys could not be deleted: {}", ex.getMessage());
		}
	}

}
