package io.punctual.shared.audit;

import io.punctual.shared.contract.AuditRecorded;

/**
 * Takes the entries of this service: by default its log, by which they reach the service
 * that keeps them.
 */
@FunctionalInterface
public interface AuditSink {

	/**
	 * Take an entry in the present transaction.
	 * @param entry what was done, or refused
	 */
	void record(AuditRecorded entry);

}
