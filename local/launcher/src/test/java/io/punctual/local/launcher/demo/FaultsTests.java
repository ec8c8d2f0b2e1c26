package io.punctual.local.launcher.demo;

import io.punctual.local.launcher.api.Api;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.punctual.local.launcher.ComposeSecrets;
import io.punctual.local.launcher.ComposeSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Breaks the system in containers while updates are being published: nothing may be lost,
 * nobody may be held to have been late, and everything recovers by itself. How long that
 * took is printed.
 */
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTests {

	private static final Duration CUT = Duration.ofSeconds(15);

	/** After what time a reader that is cut off has nothing left to do. */
	private static final Duration QUIET = Duration.ofSeconds(5);

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private static final List<Role> ROLES = List.of(role("Elm Energy"), role("Fir Foods"), role("Gorse Games"));

	private final ComposeSystem system = new ComposeSystem(Path.of("../..").toAbsolutePath().normalize(),
			"punctual-faults",
			Map.of("PUNCTUAL_EDGE_PORT", "18080", "PUNCTUAL_IDENTITY_PORT", "19000", "PUNCTUAL_MAIL_PORT", "18025"));

	private final List<String> report = new ArrayList<>();

	private final List<Participant> participants = new ArrayList<>();

	@SuppressWarnings("NullAway.Init")
	private Api provider;

	@SuppressWarnings("NullAway.Init")
	private List<String> components;

	private static Role role(String name) {
		return new Role(name, "5 min, always", Role.Calendar.ALWAYS, Duration.ofMinutes(5), Role.Behaviour.HEALTHY);
	}

	@BeforeAll
	void start() throws IOException {
		this.system.requireImages();
		ComposeSecrets secrets = ComposeSecrets.readOrMake(Path.of("../.."));
		this.system.down(true);
		this.system.up();
		String tokenUri = this.system.issuer() + "/oauth2/token";
		this.provider = Api.signIn(this.system.edge(), tokenUri, "provider", secrets.provider(), null);
		Registration registration = new Registration(this.provider,
				"faults-" + Long.toString(Instant.now().getEpochSecond(), 36), this.system.edge(), tokenUri,
				this.system.receivers(), this.system.mails());
		this.components = List.copyOf(registration.components(List.of("API")).values());
		registration.calendars();
		this.participants.addAll(registration.participants(ROLES));
	}

	@AfterAll
	void stop() {
		this.participants.forEach((participant) -> participant.receiver().close());
		this.system.down(true);
		System.out.println("\n  fault                               it lasted   published again   slowest update"
				+ "   (again: after it ended; slowest: from published to received by all)");
		this.report.forEach(System.out::println);
	}

	@Test
	void theDatabaseIsRestartedUnderLoad() {
		survives("MySQL is restarted", () -> this.system.restart("mysql"));
	}

	@Test
	void theDatabaseIsKilledUnderLoad() {
		survives("MySQL is killed", () -> this.system.kill("mysql"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "clients", "notices", "delivery", "sla" })
	void aServiceIsKilled(String service) {
		survives(service + " is killed", () -> this.system.kill(service));
	}

	@ParameterizedTest
	@ValueSource(strings = { "notices", "delivery", "sla" })
	void aServiceIsCutOffTheDatabase(String service) {
		survives(service + " is cut off the database", () -> cut(service, "database-" + service));
	}

	@ParameterizedTest
	@ValueSource(strings = { "delivery", "sla" })
	void aReaderIsCutOffItsSources(String service) {
		Span cut = survives(service + " is cut off the others' events", () -> cut(service, "services"));
		if (service.equals("delivery")) {
			assertThat(this.participants.stream()
				.flatMap((participant) -> participant.receiver().arrivals().values().stream())
				.filter((arrival) -> arrival.isAfter(cut.begun().plus(QUIET)) && arrival.isBefore(cut.ended())))
				.as("what came although it was cut off")
				.isEmpty();
		}
	}

	private void cut(String service, String network) {
		this.system.disconnect(service, network);
		Api.pause(CUT);
		this.system.connect(service, network);
	}

	private Span survives(String name, Runnable fault) {
		String noticeId = Api.id(
				this.provider.post("/v1/notices",
						Map.of("kind", "INCIDENT", "severity", "MAJOR", "title", name, "components", this.components)),
				"noticeId");
		Load load = new Load(this.provider, noticeId);
		Instant begun;
		Instant ended;
		try (load) {
			load.awaitPublished(5, Instant.EPOCH, PATIENCE);
			begun = Instant.now();
			fault.run();
			ended = Instant.now();
			load.awaitPublished(5, ended, PATIENCE);
		}
		catch (IllegalStateException ex) {
			throw new AssertionError(ex.getMessage() + "\n" + this.system.log("notices"), ex);
		}
		Set<String> published = load.published().keySet();
		Until.holds(PATIENCE, () -> "received by all: " + missing(published) + "\n" + this.system.log("delivery"),
				() -> missing(published).isEmpty());
		assertThat(this.participants)
			.allSatisfy((participant) -> assertThat(participant.receiver().isSequenceWhole()).isTrue())
			.allSatisfy((participant) -> assertThat(participant.receiver().forged()).isZero());
		awaitMet(noticeId, published.size());
		Instant again = load.since(begun).getFirst().answered();
		this.report.add(String.format(Locale.ROOT, "  %-36s%8.1f s%15.1f s%13.1f s", name, seconds(begun, ended),
				seconds(ended, again), slowest(load)));
		System.out.println(this.report.getLast());
		return new Span(begun, ended);
	}

	/**
	 * The longest that any update took from the publisher's answer to the last receiver.
	 */
	private double slowest(Load load) {
		return this.participants.stream()
			.flatMap((participant) -> load.published()
				.entrySet()
				.stream()
				.map((publication) -> seconds(publication.getValue().answered(),
						Objects.requireNonNull(participant.receiver().arrivals().get(publication.getKey())))))
			.max(Comparator.naturalOrder())
			.orElse(0.0);
	}

	/**
	 * How long a fault lasted.
	 */
	private record Span(Instant begun, Instant ended) {
	}

	private Set<String> missing(Set<String> published) {
		Set<String> missing = new HashSet<>();
		for (Participant participant : this.participants) {
			Set<String> arrived = participant.receiver().arrivals().keySet();
			published.stream().filter((id) -> !arrived.contains(id)).forEach(missing::add);
		}
		return missing;
	}

	/**
	 * Every promise was kept, and the clocks know it.
	 */
	private void awaitMet(String noticeId, int updates) {
		List<String> wrong = new ArrayList<>();
		Until.holds(PATIENCE, () -> "met: " + wrong, () -> {
			Situation situation = Situation.read(this.provider, noticeId, this.participants);
			wrong.clear();
			for (Participant participant : this.participants) {
				List<Situation.ClockView> clocks = situation.of(participant, "DELIVERY");
				if (clocks.size() != updates) {
					wrong.add(clocks.size() + " clocks for " + updates + " updates");
				}
				clocks.stream()
					.filter((clock) -> !clock.state().equals("MET"))
					.forEach((clock) -> wrong.add(clock.clockId() + " is " + clock.state()));
			}
			return wrong.isEmpty();
		});
	}

	private static double seconds(Instant from, Instant to) {
		return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
	}

}
