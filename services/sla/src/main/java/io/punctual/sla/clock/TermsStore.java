package io.punctual.sla.clock;

import io.punctual.shared.contract.AgreementTerms;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The versions of agreements that clocks are pinned to, each with its calendar.
 */
@Repository
public class TermsStore {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private final JdbcClient jdbc;

	TermsStore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void keep(AgreementTerms terms) {
		this.jdbc
			.sql("INSERT INTO terms (agreement_id, version, document) VALUES (?, ?, ?)"
					+ " ON DUPLICATE KEY UPDATE version = version")
			.params(terms.agreementId(), terms.version(), JSON.writeValueAsString(terms))
			.update();
	}

	/**
	 * The terms of a clock.
	 * @param agreementId the agreement
	 * @param version its version
	 * @return the terms as they were promised
	 */
	public AgreementTerms get(String agreementId, int version) {
		String document = this.jdbc.sql("SELECT document FROM terms WHERE agreement_id = ? AND version = ?")
			.params(agreementId, version)
			.query(String.class)
			.single();
		return JSON.readValue(document, AgreementTerms.class);
	}

}
