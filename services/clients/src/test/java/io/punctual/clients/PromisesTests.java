package io.punctual.clients;

import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an agreement may promise of availability and maintenance, and what it credits.
 */
@PunctualTest
class PromisesTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String TARGETS = "\"calendarId\":\"cal_00000000000000000000000247\","
			+ "\"targets\":[{\"objective\":\"DELIVERY\",\"target\":\"PT5M\"}]";

	@Autowired
	private Api api;

	@Test
	void availabilityMaintenanceAndCreditsArePartOfAVersionThatNeverChanges() {
		String promises = """
				"availability":{"targetPpm":999000,"partialPermille":500},
				"maintenance":{"noticePeriod":"PT72H","monthlyCap":"PT4H"},
				"credits":{"currency":"EUR","monthlyFeeMinor":1000000,"monthlyCapMinor":500000,
				"tiers":[{"belowPpm":999000,"basisPoints":500},{"belowPpm":990000,"basisPoints":2500}],
				"breaches":[{"objective":"DELIVERY","amountMinor":10000},{"objective":"NOTICE_PERIOD","amountMinor":5000}]}""";
		JsonNode made = JSON.readTree(post("{\"name\":\"Gold\",\"terms\":{" + TARGETS + "," + promises + "}}", 201));
		assertThat(made.get("availability")).isEqualTo(JSON.readTree("{" + promises + "}").get("availability"));
		assertThat(made.get("maintenance")).isEqualTo(JSON.readTree("{" + promises + "}").get("maintenance"));
		assertThat(made.get("credits")).isEqualTo(JSON.readTree("{" + promises + "}").get("credits"));
		JsonNode plain = JSON.readTree(post("{\"name\":\"Silver\",\"terms\":{" + TARGETS + "}}", 201));
		assertThat(plain.propertyNames()).doesNotContain("availability", "maintenance", "credits");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					"availability":{"targetPpm":1000001}                        | /terms/availability/targetPpm
					"availability":{"majorPermille":1001}                       | /terms/availability/majorPermille
					"availability":{"partialPermille":300,"majorPermille":200}  | /terms/availability/partialPermille
					"maintenance":{"noticePeriod":"PT0S"}                       | /terms/maintenance/noticePeriod
					"maintenance":{"noticePeriod":"P366D"}                      | /terms/maintenance/noticePeriod
					"maintenance":{"monthlyCap":"PT0.0005S"}                    | /terms/maintenance/monthlyCap
					"maintenance":{"monthlyCap":"P32D"}                         | /terms/maintenance/monthlyCap
					"credits":{"currency":"EUR"}                                | /terms/credits
					"credits":{"currency":"Euro","breaches":[{"objective":"DELIVERY","amountMinor":1}]} | /terms/credits/currency
					"credits":{"currency":"XXX","breaches":[{"objective":"DELIVERY","amountMinor":1}]}  | /terms/credits/currency
					"credits":{"currency":"EUR","tiers":[{"belowPpm":999000,"basisPoints":500}]}        | /terms/credits/monthlyFeeMinor
					"credits":{"currency":"EUR","monthlyFeeMinor":1,"tiers":[{"belowPpm":1,"basisPoints":10001}]} | /terms/credits/tiers/0/basisPoints
					"credits":{"currency":"EUR","monthlyFeeMinor":1,"tiers":[{"belowPpm":5,"basisPoints":5},{"belowPpm":5,"basisPoints":6}]} | /terms/credits/tiers/1/belowPpm
					"credits":{"currency":"EUR","monthlyFeeMinor":1,"tiers":[{"belowPpm":5,"basisPoints":5},{"belowPpm":4,"basisPoints":5}]} | /terms/credits/tiers/1/basisPoints
					"credits":{"currency":"EUR","breaches":[{"objective":"DELIVERY","amountMinor":0}]} | /terms/credits/breaches/0/amountMinor
					"credits":{"currency":"EUR","breaches":[{"objective":"FIRST_UPDATE","amountMinor":1}]}    | /terms/credits/breaches/0/objective
					"credits":{"currency":"EUR","breaches":[{"objective":"ACKNOWLEDGEMENT","amountMinor":1}]} | /terms/credits/breaches/0/objective
					"credits":{"currency":"EUR","breaches":[{"objective":"NOTICE_PERIOD","amountMinor":1}]}   | /terms/credits/breaches/0/objective
					"credits":{"currency":"EUR","breaches":[{"objective":"DELIVERY","amountMinor":1},{"objective":"DELIVERY","amountMinor":2}]} | /terms/credits/breaches/1/objective
					""")
	void aPromiseThatNobodyCanKeepOrComputeIsRefusedNamingTheField(String promise, String field) {
		String answer = post("{\"name\":\"x\",\"terms\":{" + TARGETS + "," + promise + "}}", 422);
		assertThat(JSON.readTree(answer).at("/errors/0/field").asString()).isEqualTo(field);
	}

	@Test
	void aNoticePeriodIsNoTarget() {
		String answer = post("{\"name\":\"x\",\"terms\":{\"calendarId\":\"cal_00000000000000000000000247\","
				+ "\"targets\":[{\"objective\":\"NOTICE_PERIOD\",\"target\":\"PT72H\"}]}}", 422);
		assertThat(JSON.readTree(answer).at("/errors/0/field").asString()).isEqualTo("/terms/targets/0/objective");
	}

	private String post(String body, int status) {
		return new String(this.api.provider()
			.post()
			.uri("/v1/agreements")
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.returnResult()
			.getResponseBody());
	}

}
