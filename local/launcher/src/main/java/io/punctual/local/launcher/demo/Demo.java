package io.punctual.local.launcher.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import io.punctual.local.launcher.api.Api;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Replays a real outage through the public API and shows who was told in time.
 */
public final class Demo {

	private static final List<Role> ROLES = List.of(Role.BANK, Role.LOGISTICS, Role.CLINIC, Role.COUNCIL, Role.GAMES);

	/** The dead receiver's promise runs out a minute after the last update. */
	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final Board board = Board.onTerminal();

	private final Verdict verdict = new Verdict();

	private final Timeline timeline;

	private final Api provider;

	private final Registration registration;

	private final Rotation rotation;

	private final List<String> kills;

	private final Consumer<String> kill;

	private final List<Participant> participants = new ArrayList<>();

	private final Map<String, String> components = new LinkedHashMap<>();

	private String noticeId = "";

	private int published;

	/**
	 * Prepares the demo.
	 * @param edge where the API is
	 * @param tokenUri where tokens are
	 * @param providerSecret the secret of the OAuth client {@code provider}
	 * @param receivers where its receivers are to be
	 * @param mails where mail is caught
	 * @param incident the timeline; null for the one that is brought along
	 * @param kills the services to kill, one after each of the first updates
	 * @param kill kills one
	 */
	public Demo(String edge, String tokenUri, String providerSecret, ReceiverHost receivers, String mails,
			@Nullable Path incident, List<String> kills, Consumer<String> kill) {
		this.timeline = Timeline.read(incident);
		this.provider = Api.signIn(edge, tokenUri, "provider", providerSecret, null);
		this.registration = new Registration(this.provider,
				"run-" + Long.toString(Instant.now().getEpochSecond() % 100_000_000, 36), edge, tokenUri, receivers,
				mails);
		this.rotation = new Rotation(this.provider, this.verdict, tokenUri);
		this.kills = List.copyOf(kills);
		this.kill = kill;
	}

	/**
	 * Runs the demo.
	 * @return whether everything came out as it must
	 */
	public boolean run() throws IOException {
		try {
			register();
			replay();
			Situation last = awaitVerdicts();
			acknowledgeByMail();
			acknowledge(last);
			this.rotation.run(this.participants.getFirst(), this.participants.getLast());
			this.board.say("Its credential was changed for the next one, and the former is refused.");
			report(last);
			return this.verdict.failures().isEmpty();
		}
		finally {
			this.participants.forEach((participant) -> participant.receiver().close());
		}
	}

	private void register() throws IOException {
		this.board.say("\n" + this.timeline.title() + ": " + this.timeline.provider() + ", " + this.timeline.startedAt()
				+ ", " + this.timeline.updates().size() + " updates\n");
		this.components.putAll(this.registration.components(this.timeline.components()));
		this.registration.calendars();
		this.participants.addAll(this.registration.participants(ROLES));
		this.board.say(
				"Registered, each with its agreement, its own credential and an endpoint that proved itself, or a mailbox:");
		for (Participant participant : this.participants) {
			this.board.say(String.format(Locale.ROOT, "  %-16s promised within %-28s receiver: %s",
					participant.role().name(), participant.role().promise(), switch (participant.role().behaviour()) {
						case MAILED -> "a mailbox";
						case HEALTHY -> "healthy";
						case TROUBLED -> "fails for twenty seconds";
						case DEAD -> "dead";
					}));
		}
	}

	private void replay() {
		List<Duration> pace = Pace.of(this.timeline);
		JsonNode draft = this.provider.post("/v1/notices",
				Map.of("kind", "INCIDENT", "severity", this.timeline.severityCode(), "title", this.timeline.title(),
						"components", List.copyOf(this.components.values()), "detectedAt", Instant.now().toString()));
		this.noticeId = Api.id(draft, "noticeId");
		Instant first = Instant.now();
		this.board.say("\nReplayed, hours made seconds:");
		for (int i = 0; i < pace.size(); i++) {
			watchUntil(first.plus(pace.get(i)));
			publish(this.timeline.updates().get(i));
			if (i < this.kills.size()) {
				this.board.say("  kill -9 " + this.kills.get(i));
				this.kill.accept(this.kills.get(i));
			}
		}
	}

	private void publish(Timeline.Entry entry) {
		List<Map<String, String>> impacts = entry.impact()
			.entrySet()
			.stream()
			.map((impact) -> Map.of("componentId", this.components.getOrDefault(impact.getKey(), ""), "level",
					impact.getValue().toUpperCase(Locale.ROOT)))
			.toList();
		long start = System.nanoTime();
		JsonNode update = this.provider.post("/v1/notices/" + this.noticeId + "/updates",
				Map.of("state", entry.status(), "text", entry.text(), "impacts", impacts));
		this.published++;
		this.board.say(String.format(Locale.ROOT, "  %s  %-13s %s (published in %d ms, owed to %d clients)", entry.at(),
				entry.status(), shortened(entry.text()), (System.nanoTime() - start) / 1_000_000,
				update.path("owed").asInt(0)));
	}

	private static String shortened(String text) {
		return (text.length() <= 70) ? text : text.substring(0, 67) + "...";
	}

	private void watchUntil(Instant end) {
		while (Instant.now().isBefore(end)) {
			show();
			Duration left = Duration.between(Instant.now(), end);
			Api.pause(left.isNegative() ? Duration.ZERO
					: left.compareTo(Duration.ofMillis(500)) < 0 ? left : Duration.ofMillis(500));
		}
	}

	private Situation show() {
		Situation situation = Situation.read(this.provider, this.noticeId, this.participants);
		this.board.show(this.participants, situation, this.published);
		return situation;
	}

	private Situation awaitVerdicts() {
		Instant end = Instant.now().plus(PATIENCE);
		Situation situation = show();
		while (Instant.now().isBefore(end) && !isDecided(situation)) {
			Api.pause(Duration.ofMillis(500));
			situation = show();
		}
		return situation;
	}

	private boolean isDecided(Situation situation) {
		return this.participants.stream().allMatch((participant) -> situation.isDecided(participant, this.published));
	}

	/**
	 * The first client's engineer says that they have read the last update.
	 */
	private void acknowledge(Situation situation) {
		Participant client = this.participants.getFirst();
		List<Situation.ClockView> clocks = situation.of(client, "DELIVERY");
		this.verdict.check(client, !clocks.isEmpty(), "there is nothing to acknowledge");
		if (!clocks.isEmpty()) {
			String obligationId = clocks.getLast().obligationId();
			client.api().post("/v1/obligations/" + obligationId + "/acknowledge", Map.of());
			this.board.say(client.role().name() + " acknowledged the last update, with its own token and API key.");
		}
	}

	/**
	 * Its person presses the button behind the link of the last mail.
	 */
	private void acknowledgeByMail() throws IOException {
		for (Participant participant : this.participants) {
			if (participant.receiver() instanceof Inbox inbox) {
				int status = inbox.acknowledge().orElse(0);
				this.verdict.check(participant, status == 200, "the link of its last mail was answered " + status);
				this.board.say("\n" + participant.role().name() + " acknowledged the last mail by its link. Its mails: "
						+ inbox.page());
			}
		}
	}

	/**
	 * Each promise that is broken and still open is somebody's of the provider to look
	 * at, and no other delivery is.
	 */
	private void escalations(Situation situation) {
		List<JsonNode> open = this.provider
			.list("/v1/escalations?state=OPEN&objective=DELIVERY&notice=" + this.noticeId);
		long broken = this.participants.stream()
			.flatMap((participant) -> situation.of(participant, "DELIVERY").stream())
			.filter((clock) -> clock.state().equals("BREACHED"))
			.count();
		this.verdict.check(open.size() == broken,
				open.size() + " deliveries are escalated, and " + broken + " promises of one are broken");
		this.board.say("\nEscalated to whoever is on call, and open: " + open.size()
				+ (open.isEmpty() ? "." : ". Such as: " + open.getFirst().path("reason").asString("")));
	}

	private void report(Situation situation) {
		String period = YearMonth.now(ZoneOffset.UTC).toString();
		this.board.say("\nAdherence, " + period + ":");
		for (Participant participant : this.participants) {
			JsonNode adherence = this.provider
				.get("/v1/clients/" + participant.clientId() + "/adherence?period=" + period);
			this.verdict.judge(participant, situation, this.published);
			this.verdict.judgeAdherence(participant, adherence, this.published);
			this.board.say("  " + Verdict.sentence(participant, situation));
		}
		escalations(situation);
		if (this.verdict.failures().isEmpty()) {
			this.board.say("\nEverything came out as it must.");
		}
		else {
			this.board.say("\nNot as it must be:");
			this.verdict.failures().forEach((failure) -> this.board.say("  " + failure));
		}
	}

}
