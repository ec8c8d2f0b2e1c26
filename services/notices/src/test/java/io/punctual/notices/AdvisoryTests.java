package io.punctual.notices;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.notices.advisory.CsafChecks;
import io.punctual.notices.advisory.CsafFiles;
import io.punctual.notices.support.NoticesTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An advisory says what is wrong with which products, and is a CSAF document for tools.
 */
class AdvisoryTests extends NoticesTest {

	@Test
	void anAdvisoryIsADocumentWhoseRevisionsAreItsUpdates() {
		String gateway = this.world.component("Gateway");
		this.world.entitled(this.world.client("x"), gateway);
		hear();
		Answer interim = create(advisory(gateway, "The text.", flaw(gateway, "KNOWN_AFFECTED"))).is(201);
		String notice = interim.noticeId();
		assertThat(interim.text("state")).isEqualTo("INTERIM");
		JsonNode first = csaf(notice);
		assertThat(tracking(first)).isEqualTo("interim 1 [1]");
		assertThat(first.at("/document/category").asString()).isEqualTo("csaf_security_advisory");
		assertThat(first.at("/product_tree/branches/0/branches/0/branches/0/product/name").asString())
			.isEqualTo("Gateway 4.2.0");
		assertThat(first.at("/vulnerabilities/0/product_status/known_affected/0").asString()).isEqualTo("CSAFPID-0001");
		assertThat(first.at("/vulnerabilities/0/scores/0/cvss_v3/baseScore").asDouble()).isEqualTo(9.8);
		assertThat(first.at("/vulnerabilities/0/scores/0/cvss_v3/baseSeverity").asString()).isEqualTo("CRITICAL");

		Map<String, Object> known = new LinkedHashMap<>(flaw(gateway, "KNOWN_AFFECTED"));
		known.put("products", List.of(product(gateway, "4.2.0", "KNOWN_AFFECTED"), product(gateway, "4.2.1", "FIXED"),
				product(gateway, null, "KNOWN_NOT_AFFECTED")));
		say(notice,
				Map.of("state", "FINAL", "text", "Take 4.2.1.", "advisory",
						Map.of("tlp", "AMBER", "references",
								List.of(Map.of("summary", "Notes", "url", "https://example.com/4.2.1")),
								"vulnerabilities", List.of(known))))
			.is(201);
		JsonNode second = csaf(notice);
		assertThat(tracking(second)).isEqualTo("final 2 [1, 2]");
		assertThat(second.at("/document/distribution/tlp/label").asString()).isEqualTo("AMBER");
		assertThat(second.at("/document/tracking/initial_release_date"))
			.isEqualTo(first.at("/document/tracking/initial_release_date"));
		assertThat(second.at("/vulnerabilities/0/product_status/fixed/0").asString()).isEqualTo("CSAFPID-0002");

		say(notice, Map.of("state", "INTERIM", "text", "There is more to it.")).is(201);
		JsonNode third = csaf(notice);
		assertThat(tracking(third)).isEqualTo("interim 3 [1, 2, 3]");
		assertThat(third.path("vulnerabilities")).as("kept until something else is said")
			.isEqualTo(second.path("vulnerabilities"));
		say(notice, Map.of("state", "WITHDRAWN", "text", "It was none.")).is(201);
		assertThat(csaf(notice).at("/document/tracking/revision_history/3/summary").asString())
			.isEqualTo("Withdrawn: A flaw in the parser");
	}

	@Test
	void anAdvisoryWithoutVulnerabilitiesIsADocumentToo() {
		String gateway = this.world.component("Gateway");
		hear();
		Map<String, Object> textOnly = advisory(gateway, "Nothing but text.", null);
		textOnly.remove("advisory");
		assertThat(csaf(create(textOnly).is(201).noticeId()).at("/document/category").asString())
			.isEqualTo("csaf_base");
		Map<String, Object> informational = advisory(gateway, "Read this.", null);
		informational.put("advisory",
				Map.of("references", List.of(Map.of("summary", "More", "url", "https://example.com/more"))));
		assertThat(csaf(create(informational).is(201).noticeId()).at("/document/category").asString())
			.isEqualTo("csaf_informational_advisory");
	}

	@Test
	void aDraftIsADraftAndCanBeChanged() {
		String gateway = this.world.component("Gateway");
		String other = this.world.component("Other");
		hear();
		Map<String, Object> draft = advisory(gateway, "", flaw(gateway, "UNDER_INVESTIGATION"));
		draft.remove("update");
		Answer created = create(draft).is(201);
		assertThat(tracking(csaf(created.noticeId()))).isEqualTo("draft 0 [0]");
		String path = "/v1/notices/" + created.noticeId();
		patch(path, Map.of("components", List.of(other)), "If-Match", created.etag()).isProblem(422, "validation");
		Answer changed = patch(path, Map.of("components", List.of(other), "advisory",
				Map.of("vulnerabilities", List.of(flaw(other, "FIXED")))), "If-Match", created.etag())
			.is(200);
		assertThat(changed.body().at("/advisory/vulnerabilities/0/products/0/componentId").asString()).isEqualTo(other);
		say(created.noticeId(), Map.of("text", "Now.")).is(201);
		assertThat(csaf(created.noticeId()).at("/vulnerabilities/0/product_status/fixed").size()).isEqualTo(1);
	}

	@Test
	void aClientReadsTheDocumentOfWhatItWasTold() {
		String gateway = this.world.component("Gateway");
		String client = this.world.client("x");
		String other = this.world.client("y");
		this.world.entitled(client, gateway);
		this.api.knowCredential("csaf-" + client, client);
		this.api.knowCredential("csaf-" + other, other);
		hear();
		String notice = create(advisory(gateway, "The text.", flaw(gateway, "KNOWN_AFFECTED"))).is(201).noticeId();
		this.world.notEntitled(client, gateway);
		hear();
		say(notice, Map.of("text", "Later.", "title", "Worse")).is(201);
		JsonNode seen = getAs("csaf-" + client, "/v1/notices/" + notice + "/csaf.json").is(200).body();
		assertThat(tracking(seen)).isEqualTo("interim 1 [1]");
		assertThat(seen.at("/document/title").asString()).isEqualTo("A flaw in the parser");
		assertThat(getAs("csaf-" + client, "/v1/notices/" + notice).is(200).body().has("advisory")).isFalse();
		getAs("csaf-" + other, "/v1/notices/" + notice + "/csaf.json").isProblem(404, "not-found");
		String incident = publish("Down", gateway).noticeId();
		get("/v1/notices/" + incident + "/csaf.json").isProblem(404, "not-found");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					"cvss":"CVSS:3.1/AV:N"                                        | /advisory/vulnerabilities/0/cvss
					"cvss":"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N" | /advisory/vulnerabilities/0/cvss
					"cve":"CVE-1"                                                 | /advisory/vulnerabilities/0/cve
					"cve":null,"title":null                                       | /advisory/vulnerabilities/0/title
					"description":" "                                             | /advisory/vulnerabilities/0/description
					"products":[]                                                 | /advisory/vulnerabilities/0/products
					"products":[{"componentId":"cmp_x","status":"FIXED"}]         | /advisory/vulnerabilities/0/products/0/componentId
					"products":[{"componentId":"C","status":"BROKEN"}]            | /advisory/vulnerabilities/0/products/0/status
					"products":[{"componentId":"C","status":"FIXED"},{"componentId":"C","status":"KNOWN_AFFECTED"}] | /advisory/vulnerabilities/0/products/1
					"products":[{"componentId":"C","version":"< 4","status":"FIXED"}] | /advisory/vulnerabilities/0/products/0/version
					"products":[{"componentId":"C","version":"all versions","status":"FIXED"}] | /advisory/vulnerabilities/0/products/0/version
					"products":[{"componentId":"C","status":"FIXED"}],"remediations":[{"category":"VENDOR_FIX","details":"x"}] | /advisory/vulnerabilities/0/remediations
					"remediations":[{"category":"VENDOR_FIX","details":"x","url":"javascript:alert(1)"}] | /advisory/vulnerabilities/0/remediations/0/url
					""")
	void whatWouldFailTheStandardIsRefused(String change, String field) {
		String gateway = this.world.component("Gateway");
		hear();
		JsonMapper json = JsonMapper.shared();
		Map<String, Object> flaw = new LinkedHashMap<>(flaw(gateway, "KNOWN_AFFECTED"));
		json.readTree("{" + change.replace("\"C\"", '"' + gateway + '"') + "}")
			.properties()
			.forEach((entry) -> flaw.put(entry.getKey(), entry.getValue()));
		Answer refused = create(advisory(gateway, "x", flaw)).isProblem(422, "validation");
		assertThat(refused.body().path("errors").valueStream().map((error) -> error.path("field").asString()))
			.contains(field);
	}

	@Test
	void theSameCveTwiceAndOtherKindsAreRefused() {
		String gateway = this.world.component("Gateway");
		hear();
		Map<String, Object> flaw = flaw(gateway, "KNOWN_AFFECTED");
		Map<String, Object> twice = advisory(gateway, "x", flaw);
		twice.put("advisory", Map.of("vulnerabilities", List.of(flaw, flaw)));
		create(twice).isProblem(422, "validation");
		Map<String, Object> incident = advisory(gateway, "x", flaw);
		incident.put("kind", "INCIDENT");
		create(incident).isProblem(422, "validation");
	}

	/** Each document that a test reads passes the schema and the mandatory tests. */
	private JsonNode csaf(String notice) {
		JsonNode document = get("/v1/notices/" + notice + "/csaf.json").is(200).body();
		assertThat(CsafChecks.failed(document)).as(document.toPrettyString()).isEmpty();
		if (CsafFiles.present()) {
			assertThat(CsafFiles.schemaErrors(document)).as(document.toPrettyString()).isEmpty();
		}
		return document;
	}

	private static String tracking(JsonNode document) {
		JsonNode tracking = document.at("/document/tracking");
		return tracking.path("status").asString() + " " + tracking.path("version").asString() + " "
				+ tracking.path("revision_history")
					.valueStream()
					.map((item) -> item.path("number").asString())
					.toList();
	}

	private static Map<String, Object> advisory(String component, String text, Map<String, Object> flaw) {
		Map<String, Object> draft = incident("A flaw in the parser", List.of(component));
		draft.put("kind", "ADVISORY");
		draft.put("update", Map.of("text", text));
		if (flaw != null) {
			draft.put("advisory", Map.of("vulnerabilities", List.of(flaw)));
		}
		return draft;
	}

	private static Map<String, Object> flaw(String component, String status) {
		Map<String, Object> flaw = new LinkedHashMap<>();
		flaw.put("cve", "CVE-2026-12345");
		flaw.put("title", "Overflow in the parser");
		flaw.put("description", "A long header overflows.");
		flaw.put("cvss", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
		flaw.put("products", List.of(product(component, "4.2.0", status)));
		if (status.equals("KNOWN_AFFECTED")) {
			flaw.put("remediations", List
				.of(Map.of("category", "VENDOR_FIX", "details", "Take 4.2.1.", "url", "https://example.com/4.2.1")));
		}
		return flaw;
	}

	private static Map<String, Object> product(String component, String version, String status) {
		return (version != null) ? Map.of("componentId", component, "version", version, "status", status)
				: Map.of("componentId", component, "status", status);
	}

}
