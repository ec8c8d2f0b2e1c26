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

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AvailabilityTerms;
import io.punctual.shared.contract.EntitlementRevoked;
import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.contract.MaintenanceTerms;
import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.events.EventReaders;
import io.punctual.shared.id.Ids;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
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

	private static final ComponentStory STORY = new ComponentStory(LOGS);

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
			STORY.publish(ComponentStory.incident(said.noticeId(), seq++, update.get("status").asString(),
					Instant.parse(update.get("at").asString()), null, false, impacts.toArray(Impact[]::new)));
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
		STORY.publish(ComponentStory.incident(said.noticeId(), 1, "INVESTIGATING",
				Instant.parse("2020-06-10T12:30:00.000900Z"), Instant.parse("2020-06-10T12:00:00Z"), false,
				new Impact(component, ImpactLevel.MAJOR)));
		STORY.publish(ComponentStory.incident(said.noticeId(), 2, "RESOLVED",
				Instant.parse("2020-06-10T13:00:00.000100Z"), null, false, new Impact(component, ImpactLevel.NONE)));
		JsonNode measured = measured(said, component, "2020-06-01", "2020-07-01");
		assertThat(measured.at("/impacted/0/millis").asLong()).isEqualTo(HOUR.toMillis());
		assertThat(measured.get("targetPpm").asInt()).isEqualTo(999_900);
		assertThat(measured.get("met").asBoolean()).isFalse();
	}

	@Test
	void maintenanceIsExcludedAsFarAsItWasAnnouncedAndAnExerciseWhole() {
		Said said = client(null, new MaintenanceTerms(Duration.ofDays(3), null));
		String component = use(said, "2020-01-01");
		MaintenanceWindow window = new MaintenanceWindow(Instant.parse("2020-06-10T00:00:00Z"),
				Instant.parse("2020-06-10T02:00:00Z"), 0);
		Impact well = new Impact(component, ImpactLevel.NONE);
		Impact down = new Impact(component, ImpactLevel.MAJOR);
		STORY.publish(ComponentStory.maintenance(said.noticeId(), 1, "SCHEDULED", Instant.parse("2020-06-01T00:00:00Z"),
				window, well));
		STORY.publish(ComponentStory.maintenance(said.noticeId(), 2, "IN_PROGRESS",
				Instant.parse("2020-06-10T00:10:00Z"), window, down));
		STORY.publish(ComponentStory.maintenance(said.noticeId(), 3, "VERIFYING", Instant.parse("2020-06-10T01:00:00Z"),
				window, down));
		STORY.publish(ComponentStory.maintenance(said.noticeId(), 4, "COMPLETED", Instant.parse("2020-06-10T02:15:00Z"),
				window, well));
		String drill = Ids.next("not");
		STORY.publish(ComponentStory.incident(drill, 1, "INVESTIGATING", Instant.parse("2020-06-29T00:00:00Z"), null,
				true, down));
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
	void onlyWhatTheClientUsedAndWasPromisedIsCommitted() {
		Said said = client(null, null);
		AgreementTerms second = new AgreementTerms(said.terms().agreementId(), 2, "Gold", said.terms().calendar(),
				said.terms().channels(), said.terms().targets(), false, new AvailabilityTerms(1, 0, 0), null, null);
		String component = use(said, "2020-06-10");
		LOGS.append("clients", EntitlementRevoked.TYPE, said.clientId(),
				new EntitlementRevoked(said.clientId(), component, Instant.parse("2020-06-19T23:00:00Z")));
		STORY.assign(said, second, Instant.parse("2020-06-14T23:00:00Z"));
		STORY.publish(ComponentStory.incident(said.noticeId(), 1, "INVESTIGATING",
				Instant.parse("2020-01-01T00:00:00Z"), null, false, new Impact(component, ImpactLevel.MAJOR)));
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
	void anUpgradedServiceSaysFromWhenOnItCountsAndClaimsNothingOfTheTimeBefore(@Autowired JdbcClient jdbc) {
		Said said = client(null, null);
		String component = use(said, "2020-01-01");
		assertThat(get(this.api.provider(), path(said, component, "2020-06-01", "2020-07-01")).has("countedFrom"))
			.isFalse();
		knownSince(jdbc, "2020-06-15 23:00:00");
		try {
			JsonNode partly = get(this.api.provider(), path(said, component, "2020-06-01", "2020-07-01"));
			assertThat(partly.get("countedFrom").asString()).isEqualTo("2020-06-15T23:00:00Z");
			assertThat(partly.at("/components/0/measured/committedMillis").asLong())
				.isEqualTo(15 * 24 * HOUR.toMillis());
			JsonNode before = get(this.api.provider(), path(said, component, "2020-05-01", "2020-06-01"));
			assertThat(before.get("countedFrom").asString()).isEqualTo("2020-06-15T23:00:00Z");
			assertThat(before.at("/components/0/measured").has("availability")).as("no 100 % of what is not known")
				.isFalse();
			assertThat(get(this.api.provider(), path(said, component, "2020-07-01", "2020-08-01")).has("countedFrom"))
				.isFalse();
		}
		finally {
			knownSince(jdbc, "1970-01-01 00:00:00");
		}
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

	private static Said client(@Nullable AvailabilityTerms availability, @Nullable MaintenanceTerms maintenance) {
		return STORY.client(Instant.parse("2015-01-01T00:00:00Z"), availability, maintenance, null);
	}

	private static String use(Said said, String since) {
		return STORY.use(said, LocalDate.parse(since).atStartOfDay(ZoneId.of("Europe/London")).toInstant());
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

	private static void knownSince(JdbcClient jdbc, String since) {
		jdbc.sql("UPDATE availability_since SET since = ?").param(since).update();
	}

	private void settle() {
		this.readers.of("clients").pull();
		this.readers.of("notices").pull();
	}

	private JsonNode get(RestTestClient client, String path) {
		settle();
		return Answers.get(client, path);
	}

}
