package io.punctual.notices.audience;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.punctual.shared.contract.AgreementTerms;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The versions of agreements; they never change, so those in use stay in memory.
 */
@Repository
class Agreements {

	private static final int CACHED = 1000;

	private final Map<Key, AgreementTerms> cache = new ConcurrentHashMap<>();

	private final JdbcClient jdbc;

	private final JsonMapper json;

	Agreements(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	AgreementTerms terms(Key key) {
		AgreementTerms known = this.cache.get(key);
		if (known != null) {
			return known;
		}
		String text = this.jdbc
			.sql("SELECT terms FROM agreement_version WHERE agreement_id = :agreementId AND version = :version")
			.param("agreementId", key.agreementId())
			.param("version", key.version())
			.query(String.class)
			.single();
		AgreementTerms terms = this.json.readValue(text, AgreementTerms.class);
		if (this.cache.size() >= CACHED) {
			this.cache.clear();
		}
		this.cache.put(key, terms);
		return terms;
	}

	record Key(String agreementId, int version) {
	}

}
