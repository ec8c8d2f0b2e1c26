package io.punctual.sla.clock;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.punctual.shared.contract.AgreementTerms;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The versions of agreements that clocks are pinned to, each with its calendar.
 */
@Repository
public class TermsStore {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private static final int MOST_REMEMBERED = 1000;

	/** What is certainly in the table; it never changes there. */
	private final Map<Version, AgreementTerms> stored = new ConcurrentHashMap<>();

	private final JdbcClient jdbc;

	TermsStore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Keeps a version, once, in the present transaction.
	 * @param terms as they were promised
	 */
	public void keep(AgreementTerms terms) {
		Version version = new Version(terms.agreementId(), terms.version());
		if (this.stored.containsKey(version)) {
			return;
		}
		this.jdbc
			.sql("INSERT INTO terms (agreement_id, version, document) VALUES (?, ?, ?)"
					+ " ON DUPLICATE KEY UPDATE version = version")
			.params(terms.agreementId(), terms.version(), JSON.writeValueAsString(terms))
			.update();
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				remember(version, terms);
			}
		});
	}

	/**
	 * The terms of a clock.
	 * @param agreementId the agreement
	 * @param version its version
	 * @return the terms as they were promised
	 */
	public AgreementTerms get(String agreementId, int version) {
		AgreementTerms known = this.stored.get(new Version(agreementId, version));
		return (known != null) ? known : read(agreementId, version);
	}

	private AgreementTerms read(String agreementId, int version) {
		String document = this.jdbc.sql("SELECT document FROM terms WHERE agreement_id = ? AND version = ?")
			.params(agreementId, version)
			.query(String.class)
			.single();
		return JSON.readValue(document, AgreementTerms.class);
	}

	private void remember(Version version, AgreementTerms terms) {
		if (this.stored.size() >= MOST_REMEMBERED) {
			this.stored.clear();
		}
		this.stored.put(version, terms);
	}

	private record Version(String agreementId, int version) {
	}

}
