package io.punctual.shared.release;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.punctual.testing.Instance;
import io.punctual.testing.TestDatabase;
import io.punctual.testing.sample.RecordingWork;
import io.punctual.testing.sample.SampleApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two releases of one service side by side on one schema.
 */
class TwoReleasesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String SOON_DEAD = "2s";

	private final TestDatabase database = TestDatabase.create();

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void workGoesFromOneToTheOtherAndBack() {
		try (Instance blue = start("blue"); Instance green = start("green")) {
			assertThat(work(blue).isAtWork()).isTrue();
			assertThat(green.isReady()).isTrue();
			assertThat(green.get("/v1/things").statusCode()).isEqualTo(200);
			assertThat(states(green)).isEqualTo("blue ACTIVE, green STANDBY");
			assertThat(work(green).starts()).isZero();

			assertThat(green.postInternal("/internal/releases/green/activate").statusCode()).isEqualTo(200);
			await().atMost(PATIENCE).until(() -> work(green).isAtWork() && !work(blue).isAtWork());
			assertThat(states(blue)).isEqualTo("blue DRAINING, green ACTIVE");
			assertThat(blue.get("/v1/things").statusCode()).isEqualTo(200);

			blue.postInternal("/internal/releases/green/reject");
			await().atMost(PATIENCE).until(() -> work(blue).isAtWork() && !work(green).isAtWork());
			assertThat(states(green)).isEqualTo("blue ACTIVE, green REJECTED");
			assertThat(work(green).starts()).isOne();
		}
	}

	@Test
	void theReleaseBeforeTakesOverFromADeadOneButOneThatNeverWorkedDoesNot() {
		try (Instance blue = start("blue", SOON_DEAD); Instance third = start("third", SOON_DEAD)) {
			try (Instance green = start("green", SOON_DEAD)) {
				green.postInternal("/internal/releases/green/activate");
				await().atMost(PATIENCE).until(() -> work(green).isAtWork() && !work(blue).isAtWork());
			}
			await().atMost(PATIENCE).until(() -> work(blue).isAtWork());
			assertThat(states(blue)).isEqualTo("blue ACTIVE, green DRAINING, third STANDBY");
			assertThat(work(third).starts()).isZero();
		}
	}

	@Test
	void aReleaseThatNeverWorkedDoesNotTakeOverEvenIfNobodyElseIsThere() {
		start("blue").close();
		try (Instance green = start("green", SOON_DEAD)) {
			await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(60)).until(() -> work(green).starts() == 0);
			assertThat(states(green)).isEqualTo("blue ACTIVE, green STANDBY");
		}
	}

	@Test
	void anInstanceThatIsStartedAgainIsWhatItsReleaseIs() {
		try (Instance blue = start("blue")) {
			assertThat(work(blue).isAtWork()).isTrue();
			start("green").close();
			blue.postInternal("/internal/releases/green/reject");
			try (Instance again = start("green"); Instance second = start("blue")) {
				assertThat(work(second).isAtWork()).isTrue();
				assertThat(work(again).starts()).isZero();
			}
		}
	}

	@Test
	void openPollsAreAnsweredAsTheReleaseDrains() throws Exception {
		try (Instance blue = start("blue"); Instance green = start("green")) {
			CompletableFuture<HttpResponse<String>> poll = CompletableFuture
				.supplyAsync(() -> blue.getInternal("/internal/events?after=0&wait=25"));
			await().during(Duration.ofMillis(500)).until(() -> !poll.isDone());
			green.postInternal("/internal/releases/green/activate");
			assertThat(poll.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
			long start = System.nanoTime();
			assertThat(blue.getInternal("/internal/events?after=0&wait=25").statusCode()).isEqualTo(200);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).as("neither at once nor after 25 s")
				.isBetween(Duration.ofMillis(300), Duration.ofSeconds(20));
		}
	}

	@Test
	void onlyAServiceMayAskAndActivate() {
		try (Instance blue = start("blue")) {
			assertThat(blue.get("/internal/releases").statusCode()).isEqualTo(403);
			assertThat(blue.postInternal("/internal/releases/nobody/activate").statusCode()).isEqualTo(404);
			JsonNode view = JsonMapper.shared().readTree(blue.getInternal("/internal/releases").body());
			assertThat(view.path("self").asString()).isEqualTo("blue");
			assertThat(view.path("working").asBoolean()).isTrue();
			assertThat(view.at("/releases/0/heartbeatAt").asString()).endsWith("Z");
			assertThat(view.at("/releases/0/activatedAt").asString()).endsWith("Z");
		}
	}

	/** Nobody takes over because a machine was busy. */
	private Instance start(String release) {
		return start(release, "10m");
	}

	private Instance start(String release, String deadAfter) {
		return Instance.start(List.of(SampleApplication.class, RecordingWork.class), this.database,
				"punctual.release.id=" + release, "punctual.release.gate=guarded", "punctual.release.look=100ms",
				"punctual.release.heartbeat=200ms", "punctual.release.dead-after=" + deadAfter);
	}

	private static RecordingWork work(Instance instance) {
		return instance.bean(RecordingWork.class);
	}

	private static String states(Instance instance) {
		StringBuilder states = new StringBuilder();
		JsonMapper.shared()
			.readTree(instance.getInternal("/internal/releases").body())
			.path("releases")
			.forEach((release) -> states.append(states.isEmpty() ? "" : ", ")
				.append(release.path("release").asString())
				.append(' ')
				.append(release.path("state").asString()));
		return states.toString();
	}

}
