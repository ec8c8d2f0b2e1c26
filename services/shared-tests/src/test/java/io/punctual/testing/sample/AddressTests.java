package io.punctual.testing.sample;

import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an address may say: identifiers that could be, and parameters that are known.
 */
class AddressTests extends SampleTest {

	@ParameterizedTest
	@ValueSource(strings = { "%C3%A4", "%F0%9F%9A%A8", "thg_%E6%9D%B1", "%C2%80" })
	void whatCannotBeAnIdentifierIsNobodys(String id) {
		this.api.provider().get().uri(URI.create("/v1/things/" + id)).exchange().expectStatus().isNotFound();
	}

	@ParameterizedTest
	@ValueSource(strings = { "%C2%B8%C3%99%0E=", "limit=2&%1D=null", "%F0%BA%98%94=1&%3F%F3%B0%8F%A1=" })
	void aParameterWhoseNameIsNoTextIsRefusedAndNoFaultOfOurs(String query) {
		problem(this.api.provider().get().uri(URI.create("/v1/things?" + query)).exchange(), 422, "validation");
	}

	@ParameterizedTest
	@ValueSource(strings = { "%5C", "~%5C%F2%9E%90%BA", "a%5Cb" })
	void whatTheServerItselfRefusesIsAProblemToo(String id) {
		problem(this.api.provider().get().uri(URI.create("/v1/things/" + id)).exchange(), 400, "malformed-request");
	}

	@ParameterizedTest
	@CsvSource({ "limit=, limit, 'must have a value, or be left out'",
			"cursor=, cursor, 'must have a value, or be left out'",
			"prefix, prefix, 'must have a value, or be left out'",
			"limit=2&prefix=%20, prefix, 'must have a value, or be left out'",
			"limit=1&limit=2, limit, must be there once", "prefix=a&prefix=, prefix, must be there once" })
	void aParameterThatSelectsNothingInParticularIsNamed(String query, String field, String detail) {
		JsonNode problem = problem(this.api.provider().get().uri(URI.create("/v1/things?" + query)).exchange(), 422,
				"validation");
		assertThat(errors(problem)).containsExactly(Map.entry(field, detail));
	}

	@Test
	void aParameterThatIsNotKnownIsNamed() {
		JsonNode problem = problem(this.api.provider().get().uri("/v1/things?prefiks=a&limit=2").exchange(), 422,
				"validation");
		assertThat(problem.at("/errors/0/field").asString()).isEqualTo("prefiks");
		this.api.provider().get().uri("/v1/things?prefix=a&limit=2").exchange().expectStatus().isOk();
		this.api.anonymous().get().uri("/v1/things?prefiks=a").exchange().expectStatus().isUnauthorized();
	}

}
