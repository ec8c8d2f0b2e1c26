package io.punctual.sla;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.punctual.shared.contract.AgreementAssigned;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.AvailabilityTerms;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.EntitlementGranted;
import io.punctual.shared.contract.EntitlementRevoked;
import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.contract.MaintenanceTerms;
import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.EventReaders;
import io.punctual.shared.id.Ids;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How available components were, from what the other services say to the sum.
 */
@PunctualTest(properties = "punctual.statements.look=-")
class AvailabilityTests {

	private static final FakeLogs LOGS = new FakeLogs();

	private static final JsonMapper JSON = new JsonMapper();

	/** The facts of a real outage, which the demo replays. */
	private static final Path OUTAGE = Path
		.of("../../local/launcher/src/main/resources/incidents/aws-s3-2017-02-28.json");

	private static final Duration HOUR = Duration.ofHours(1);

	@Autowired
	private Api api;

	@Autowired
	private EventReaders readers;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		LOGS.serve(registry);
	}

	@Test
	void aRealOutageComesToTheMinutesThatEachComponentWasImpaired() throws IOException {
		Said said = client(null, null);
		JsonNode outage = JSON.readTree(Files.readAllBytes(OUTAGE));
		Map<String, String> components = new LinkedHashMap<>();
		outage.get("components").forEach((name) -> components.put(name.asString(), use(said, "2017-01-01")));
		int seq = 1;
		for (JsonNode update : outage.get("updates")) {
			List<Impact> impacts = new ArrayList<>();
			update.get("impact")
				.propertyStream()
				.forEach((one) -> impacts.add(new Impact(Objects.requireNonNull(components.get(one.getKey())),
						ImpactLevel.valueOf(one.getValue().asString().toUpperCase(Locale.ROOT)))));
			publish(said.noticeId(), seq++, NoticeKind.INCIDENT, update.get("status").asString(),
					update.get("at").asString(), impacts, null);
		}
		JsonNode read = measured(said, components.get("s3-read"), "2017-02-01", "2017-03-01");
		// Major from 17:37 to 20:26, partial to 21:18.
		assertThat(read.get("impacted").toString()).isEqualTo(
				"[{\"level\":\"MAJOR\",\"permille\":1000,\"millis\":10140000},{\"level\":\"PARTIAL\",\"permille\":300,\"millis\":3120000}]");
		assertThat(read.get("committedMillis").asLong()).isEqualTo(28 * 24 * HOUR.toMillis());
		assertThat(read.get("unavailableMicros").asLong()).isEqualTo(10_140_000_000L + 936_000_000L);
		assertThat(read.get("availability").asString()).isEqualTo("0.995421");
		JsonNode all = get(this.api.provider(), path(said, null, "2017-02-01", "2017-03-01"));
		assertThat(all.get("components").size()).isEqualTo(components.size());
		assertThat(all.at("/terms/0/agreementId").asString()).isEqualTo(said.terms().agreementId());
		assertThat(measured(said, components.get("s3-read"), "2017-03-01", "2017-04-01").get("availability").asString())
			.isEqualTo("1.000000");
	}

	@Test
	void anIncidentImpairsSinceItsProviderKnewOfIt() {
		Said said = client(new AvailabilityTerms(999_900, null, null), null);
		String component = use(said, "2020-01-01");
		LOGS.append("notices", UpdatePublished.TYPE, said.noticeId(),
				update(said.noticeId(), 1, NoticeKind.INCIDENT, "INVESTIGATING", "2020-06-10T12:30:00.000900Z",
						List.of(new Impact(component, ImpactLevel.MAJOR)), null, "2020-06-10T12:00:00Z", false));
		publish(said.noticeId(), 2, NoticeKind.INCIDENT, "RESOLVED", "2020-06-10T13:00:00.000100Z",
				List.of(new Impact(component, ImpactLevel.NONE)), null);
		JsonNode measured = measured(said, component, "2020-06-01", "2020-07-01");
		assertThat(measured.at("/impacted/0/millis").asLong()).isEqualTo(HOUR.toMillis());
		assertThat(measured.get("targetPpm").asInt()).isEqualTo(999_900);
		assertThat(measured.get("met").asBoolean()).isFalse();
	}

	@Test
	void maintenanceIsExcludedAsFarAsItWasAnnouncedAndAnExerciseWhole() {
		Said said = client(null, new MaintenanceTerms(Duration.ofDays(3), null));
		String component = use(said, "2020-01-01");
		MaintenanceWindow window = window("2020-06-10T00:00:00Z", "2020-06-10T02:00:00Z", 0);
		List<Impact> well = List.of(new Impact(component, ImpactLevel.NONE));
		List<Impact> down = List.of(new Impact(component, ImpactLevel.MAJOR));
		publish(said.noticeId(), 1, NoticeKind.MAINTENANCE, "SCHEDULED", "2020-06-01T00:00:00Z", well, window);
		publish(said.noticeId(), 2, NoticeKind.MAINTENANCE, "IN_PROGRESS", "2020-06-10T00:10:00Z", down, window);
		publish(said.noticeId(), 3, NoticeKind.MAINTENANCE, "VERIFYING", "2020-06-10T01:00:00Z", down, window);
		publish(said.noticeId(), 4, NoticeKind.MAINTENANCE, "COMPLETED", "2020-06-10T02:15:00Z", well, window);
		String drill = Ids.next("not");
		LOGS.append("notices", UpdatePublished.TYPE, drill,
				update(drill, 1, NoticeKind.INCIDENT, "INVESTIGATING", "2020-06-29T00:00:00Z", down, null, null, true));
		JsonNode answer = get(this.api.provider(), path(said, component, "2020-06-01", "2020-07-01"));
		JsonNode measured = answer.at("/components/0/measured");
		assertThat(answer.at("/components/0/facts/windows").size()).as("each announcement once").isEqualTo(1);
		assertThat(measured.get("excluded").valueStream().map(JsonNode::toString)).containsExactlyInAnyOrder(
				"{\"noticeId\":\"%s\",\"reason\":\"MAINTENANCE\",\"millis\":6600000}".formatted(said.noticeId()),
				"{\"noticeId\":\"%s\",\"reason\":\"DRILL\",\"millis\":169200000}".formatted(drill));
		assertThat(measured.get("counted").toString()).isEqualTo(
				"[{\"noticeId\":\"%s\",\"reason\":\"OUTSIDE_WINDOW\",\"millis\":900000}]".formatted(said.noticeId()));
		assertThat(measured.get("unavailableMicros").asLong()).isEqualTo(900_000_000L);
	}

	@Test
	void eachAnnouncementOfAWindowKeepsItsNoticePeriodOrBreaksIt() {
		Said said = client(null, new MaintenanceTerms(Duration.ofDays(3), null));
		announce(said, 1, "2020-06-01T00:00:00Z", window("2020-06-10T00:00:00Z", "2020-06-10T02:00:00Z", 0));
		announce(said, 2, "2020-06-02T00:00:00Z", window("2020-06-10T00:00:00Z", "2020-06-10T02:00:00Z", 0));
		announce(said, 3, "2020-06-09T00:00:00.000001Z", window("2020-06-12T00:00:00Z", "2020-06-12T02:00:00Z", 1));
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> clocks(said, "BREACHED").size() == 1);
		JsonNode kept = clocks(said, "MET").get(0);
		assertThat(clocks(said, "MET").size()).as("repeating it promises nothing new").isOne();
		assertThat(kept.get("dueAt").asString()).isEqualTo("2020-06-07T00:00:00Z");
		assertThat(kept.get("startedAt").asString()).isEqualTo("2020-06-10T00:00:00Z");
		JsonNode broken = clocks(said, "BREACHED").get(0);
		assertThat(broken.get("attribution").asString()).isEqualTo("PROVIDER");
		assertThat(broken.get("stoppedAt").asString()).isEqualTo("2020-06-09T00:00:00.000001Z");
		assertThat(get(this.api.provider(), "/v1/clocks/" + kept.get("clockId").asString() + "/proof").at("/due/at"))
			.isEqualTo(kept.get("dueAt"));
	}

	@Test
	void onlyWhatTheClientUsedAndWasPromisedIsCommitted() {
		Said said = client(null, null);
		AgreementTerms second = new AgreementTerms(said.terms().agreementId(), 2, "Gold", said.terms().calendar(),
				said.terms().channels(), said.terms().targets(), false, new AvailabilityTerms(1, 0, 0), null, null);
		String component = use(said, "2020-06-10");
		LOGS.append("clients", EntitlementRevoked.TYPE, said.clientId(),
				new EntitlementRevoked(said.clientId(), component, Instant.parse("2020-06-19T23:00:00Z")));
		assign(said, second, "2020-06-14T23:00:00Z");
		publish(said.noticeId(), 1, NoticeKind.INCIDENT, "INVESTIGATING", "2020-01-01T00:00:00Z",
				List.of(new Impact(component, ImpactLevel.MAJOR)), null);
		JsonNode answer = get(this.api.provider(), path(said, null, "2020-06-01", "2020-07-01"));
		assertThat(answer.at("/components/0/facts/spans").size()).isEqualTo(2);
		assertThat(answer.get("terms").size()).isEqualTo(2);
		JsonNode measured = answer.at("/components/0/measured");
		assertThat(measured.get("committedMillis").asLong()).isEqualTo(10 * 24 * HOUR.toMillis());
		assertThat(measured.get("unavailableMicros").asLong()).as("by the first version's weights")
			.isEqualTo(5 * 24 * HOUR.toMillis() * 1000);
		assertThat(get(this.api.provider(), path(said, null, "2020-07-01", "2020-08-01")).get("components").isEmpty())
			.isTrue();
	}

	@Test
	void whatHasNotHappenedIsNotCommitted() {
		Said said = client(null, null);
		String component = use(said, "2020-01-01");
		LocalDate today = LocalDate.now(ZoneOffset.UTC);
		JsonNode answer = get(this.api.provider(),
				path(said, component, today.minusDays(1).toString(), today.plusDays(300).toString()));
		Instant asOf = Instant.parse(answer.get("asOf").asString());
		assertThat(Instant.parse(answer.at("/components/0/facts/to").asString())).isEqualTo(asOf);
		assertThat(answer.at("/components/0/measured/committedMillis").asLong()).isEqualTo(
				Duration.between(Instant.parse(answer.at("/components/0/facts/from").asString()), asOf).toMillis());
		JsonNode future = measured(said, component, today.plusDays(100).toString(), today.plusDays(101).toString());
		assertThat(future.get("committedMillis").asLong()).isZero();
		assertThat(future.has("availability")).isFalse();
	}

	@Test
	void aClientSeesItsOwnOnlyAndNonsenseIsRefused() {
		Said mine = client(null, null);
		Said other = client(null, null);
		String component = use(mine, "2020-01-01");
		String foreign = use(other, "2020-01-01");
		settle();
		this.api.knowCredential("oauth-" + mine.clientId(), mine.clientId());
		RestTestClient client = this.api.client("oauth-" + mine.clientId());
		assertThat(get(client, path(mine, component, "2020-06-01", "2020-07-01")).get("components").size()).isOne();
		for (String hidden : List.of(path(other, null, "2020-06-01", "2020-07-01"),
				path(mine, foreign, "2020-06-01", "2020-07-01"))) {
			client.get().uri(hidden).exchange().expectStatus().isNotFound();
		}
		for (String refused : List.of(path(mine, null, "2020-06-01", "2020-06-01"),
				path(mine, null, "2020-06-01", "2021-06-03"), path(mine, null, "June", "2020-07-01"),
				path(mine, null, "0000-01-01", "0000-02-01"),
				path(mine, null, "%2B999999999-01-01", "%2B999999999-02-01"))) {
			client.get().uri(refused).exchange().expectStatus().isEqualTo(422);
		}
	}

	/** Promised around the clock in London's time. */
	private Said client(@Nullable AvailabilityTerms availability, @Nullable MaintenanceTerms maintenance) {
		Said said = Said.with(Map.of(Objective.DELIVERY, Duration.ofMinutes(5)), false);
		AgreementTerms plain = said.terms();
		AgreementTerms terms = new AgreementTerms(plain.agreementId(), 1, plain.name(), plain.calendar(),
				plain.channels(), plain.targets(), false, availability, maintenance, null);
		LOGS.append("clients", ClientUpserted.TYPE, said.clientId(), said.client(ClientUpserted.State.ACTIVE));
		assign(said, terms, "2015-01-01T00:00:00Z");
		return new Said(said.clientId(), said.noticeId(), said.updateId(), said.obligationId(), said.deliveryId(),
				said.endpointId(), terms);
	}

	private static void assign(Said said, AgreementTerms terms, String effectiveAt) {
		LOGS.append("clients", AgreementAssigned.TYPE, said.clientId(),
				new AgreementAssigned(said.clientId(), terms, Instant.parse(effectiveAt)));
	}

	private static String use(Said said, String since) {
		String component = Ids.next("cmp");
		Instant start = LocalDate.parse(since).atStartOfDay(ZoneId.of("Europe/London")).toInstant();
		LOGS.append("clients", EntitlementGranted.TYPE, said.clientId(),
				new EntitlementGranted(said.clientId(), component, start));
		return component;
	}

	private static void publish(String noticeId, int seq, NoticeKind kind, String state, String at,
			List<Impact> impacts, @Nullable MaintenanceWindow window) {
		LOGS.append("notices", UpdatePublished.TYPE, noticeId,
				update(noticeId, seq, kind, state, at, impacts, window, null, false));
	}

	private static void announce(Said said, int seq, String at, MaintenanceWindow window) {
		UpdatePublished update = update(said.noticeId(), seq, NoticeKind.MAINTENANCE, "SCHEDULED", at, List.of(),
				window, null, false);
		LOGS.append("notices", UpdatePublished.TYPE, said.noticeId(), update);
		LOGS.append("notices", UpdateOwed.TYPE, said.noticeId(), new UpdateOwed(said.noticeId(), update.updateId(),
				update.publishedAt(), false, false, said.terms(), null,
				List.of(new UpdateOwed.Owed(Ids.next("obl"), said.clientId(), List.of(), update.publishedAt()))));
	}

	private JsonNode clocks(Said said, String state) {
		return get(this.api.provider(),
				"/v1/clocks?objective=NOTICE_PERIOD&state=" + state + "&client=" + said.clientId())
			.get("items");
	}

	private static UpdatePublished update(String noticeId, int seq, NoticeKind kind, String state, String at,
			List<Impact> impacts, @Nullable MaintenanceWindow window, @Nullable String detectedAt, boolean drill) {
		return new UpdatePublished(noticeId, Ids.next("upd"), seq, kind, state, Severity.CRITICAL, "Trouble", "…",
				impacts.stream().map(Impact::componentId).toList(), impacts, null, Instant.parse(at),
				(detectedAt != null) ? Instant.parse(detectedAt) : null, drill, false, 1, window);
	}

	private static MaintenanceWindow window(String start, String end, int sequence) {
		return new MaintenanceWindow(Instant.parse(start), Instant.parse(end), sequence);
	}

	private JsonNode measured(Said said, @Nullable String component, String from, String to) {
		JsonNode answer = get(this.api.provider(), path(said, component, from, to));
		assertThat(answer.get("components").size()).isOne();
		return answer.at("/components/0/measured");
	}

	private static String path(Said said, @Nullable String component, String from, String to) {
		return "/v1/clients/" + said.clientId() + "/availability?from=" + from + "&to=" + to
				+ ((component != null) ? "&component=" + component : "");
	}

	private void settle() {
		this.readers.of("clients").pull();
		this.readers.of("notices").pull();
	}

	private JsonNode get(RestTestClient client, String path) {
		settle();
		byte[] body = client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody();
		return JSON.readTree(body);
	}

}
