package io.punctual.local.launcher.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.punctual.local.launcher.api.Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictTests {

	private static final JsonMapper JSON = new JsonMapper();

	private final Verdict verdict = new Verdict();

	@SuppressWarnings("NullAway.Init")
	private Receiver receiver;

	@BeforeEach
	void startReceiver() throws Exception {
		this.receiver = new Receiver(Duration.ZERO, ReceiverHost.loopback());
	}

	@AfterEach
	void stopReceiver() {
		this.receiver.close();
	}

	@Test
	void acceptsTheMissOfADeadReceiver() {
		Participant games = participant(Role.GAMES);
		this.verdict.judge(games, situation(clock("BREACHED", "RECIPIENT")), 1);
		this.verdict.judgeAdherence(games, adherence(0, 1, false), 1);
		assertThat(this.verdict.failures()).isEmpty();
	}

	@Test
	void doesNotAcceptAMissThatIsPutDownToTheProvider() {
		Participant games = participant(Role.GAMES);
		this.verdict.judge(games, situation(clock("BREACHED", "PROVIDER")), 1);
		assertThat(this.verdict.failures()).hasSize(1);
		this.verdict.judgeAdherence(games, adherence(0, 1, true), 1);
		assertThat(this.verdict.failures()).hasSize(2);
	}

	@Test
	void doesNotAcceptAFalseBreachOrALostMessage() {
		Participant bank = participant(Role.BANK);
		this.verdict.judge(bank, situation(clock("BREACHED", "PROVIDER")), 1);
		assertThat(this.verdict.failures()).anyMatch((failure) -> failure.contains("had to be MET"))
			.anyMatch((failure) -> failure.contains("got 0 updates, not 1"));
	}

	@Test
	void missesAClockThatNeverStarted() {
		this.verdict.judge(participant(Role.GAMES), situation(), 2);
		assertThat(this.verdict.failures()).anyMatch((failure) -> failure.contains("has 0 delivery clocks"));
	}

	@Test
	void saysWhoseFaultAMissIs() {
		Participant games = participant(Role.GAMES);
		assertThat(Verdict.sentence(games, situation(clock("BREACHED", "RECIPIENT")))).contains("told in time 0 of 1",
				"the recipient's");
	}

	private Participant participant(Role role) {
		return new Participant(role, "cli_1", "crd_1", "end_1", this.receiver, Api.of("http://localhost:1", "token"));
	}

	private static Situation situation(Situation.ClockView... clocks) {
		return new Situation(Map.of("cli_1", List.of(clocks)));
	}

	private static Situation.ClockView clock(String state, String attribution) {
		return new Situation.ClockView("clk_1", "DELIVERY", "not_1", "obl_1", state, Instant.EPOCH, Instant.EPOCH,
				attribution, null);
	}

	private static JsonNode adherence(int met, int breached, boolean counts) {
		return JSON.readTree("""
				{"objectives": [{"objective": "DELIVERY", "met": %d, "breached": %d}],
				 "misses": [{"clock": {}, "counts": %s}]}""".formatted(met, breached, counts));
	}

}
