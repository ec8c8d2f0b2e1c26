package io.punctual.shared.release;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.PunctualTest;
import io.punctual.testing.sample.SampleApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static io.punctual.shared.release.ReleaseState.ACTIVE;
import static io.punctual.shared.release.ReleaseState.DRAINING;
import static io.punctual.shared.release.ReleaseState.REJECTED;
import static io.punctual.shared.release.ReleaseState.STANDBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PunctualTest(classes = SampleApplication.class)
class ReleasesTests {

	private static final Duration DEAD_AFTER = Duration.ofSeconds(15);

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Transactions transactions;

	@Autowired
	private DatabaseClock clock;

	private Releases releases;

	/** The time of the guards; the database's goes on by itself. */
	private final AtomicLong nanos = new AtomicLong();

	@BeforeEach
	void begin() {
		this.releases = new Releases(this.jdbc, this.transactions, this.clock, DEAD_AFTER);
		this.jdbc.sql("DELETE FROM work_release").update();
	}

	@Test
	void theFirstReleaseOfAllWorksAndTheNextOneWaits() {
		this.releases.beat("one");
		this.releases.beat("two");
		this.releases.beat("one");
		assertThat(states()).isEqualTo(Map.of("one", ACTIVE, "two", STANDBY));
	}

	@Test
	void onlyOneOfManyIsTheFirst() {
		for (int round = 0; round < 10; round++) {
			this.jdbc.sql("DELETE FROM work_release").update();
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				for (int i = 0; i < 8; i++) {
					String release = "release-" + i / 2;
					threads.execute(() -> this.releases.beat(release));
				}
			}
			assertThat(states()).hasSize(4);
			assertThat(states().values()).filteredOn((state) -> state == ACTIVE).hasSize(1);
		}
	}

	@Test
	void anActivationDrainsTheOthersAndChangesNothingWhenRepeated() {
		three();
		this.releases.activate("green");
		assertThat(states()).isEqualTo(Map.of("old", DRAINING, "blue", DRAINING, "green", ACTIVE));
		List<Release> before = this.releases.all();
		this.releases.activate("green");
		assertThat(this.releases.all()).isEqualTo(before);
	}

	@Test
	void aRejectionTurnsBackToTheReleaseBefore() {
		three();
		this.releases.activate("green");
		this.releases.reject("green");
		assertThat(states()).isEqualTo(Map.of("old", DRAINING, "blue", ACTIVE, "green", REJECTED));
		this.releases.activate("green");
		assertThat(states()).containsEntry("green", ACTIVE);
	}

	@Test
	void aRejectionInStandbyLeavesTheActiveReleaseAlone() {
		three();
		this.releases.reject("green");
		assertThat(states()).isEqualTo(Map.of("old", DRAINING, "blue", ACTIVE, "green", REJECTED));
	}

	@Test
	void aRejectionPrefersAPredecessorThatLives() {
		three();
		this.releases.activate("green");
		age("blue", 60);
		this.releases.reject("green");
		assertThat(states()).containsEntry("old", ACTIVE).containsEntry("blue", DRAINING);
	}

	@Test
	void anUnknownReleaseIsNotFound() {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> this.releases.activate("nobody"));
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> this.releases.reject("nobody"));
	}

	@Test
	void aReleaseThatNobodyHasHeardOfForLongIsForgotten() {
		three();
		age("old", 31 * 24 * 3600);
		this.releases.activate("green");
		assertThat(states()).containsOnlyKeys("blue", "green");
	}

	@Test
	void oneThatWasActiveTakesOverFromADeadOneAfterItsOwnFifteenSeconds() {
		three();
		this.releases.activate("green");
		Guard blue = guard("blue");
		assertThat(blue.look()).isEqualTo(DRAINING);
		age("green", 16);
		assertThat(pass(blue, 14)).isEqualTo(DRAINING);
		assertThat(pass(blue, 2)).isEqualTo(ACTIVE);
		assertThat(states()).containsEntry("green", DRAINING).containsEntry("blue", ACTIVE);
	}

	@Test
	void nobodyTakesOverFromOneThatLives() {
		three();
		this.releases.activate("green");
		Guard blue = guard("blue");
		for (int second = 0; second < 40; second++) {
			this.releases.beat("green");
			assertThat(pass(blue, 1)).isEqualTo(DRAINING);
		}
	}

	@Test
	void theOneThatWasActiveLastIsTheHeir() {
		three();
		this.releases.activate("green");
		Guard old = guard("old");
		Guard blue = guard("blue");
		age("green", 16);
		for (int second = 0; second < 20; second++) {
			assertThat(pass(old, 1)).isEqualTo(DRAINING);
			blue.look();
		}
		assertThat(states()).containsEntry("blue", ACTIVE);
	}

	/** After an outage every heartbeat is old, and somebody is the first to come back. */
	@Test
	void anUnvalidatedReleaseDoesNotWinAfterAnOutage() {
		three();
		Guard green = guard("green");
		assertThat(green.look()).isEqualTo(STANDBY);
		green.withoutContact();
		List.of("old", "blue", "green").forEach((release) -> age(release, 300));
		assertThat(pass(green, 60)).isEqualTo(STANDBY);
		assertThat(states()).containsEntry("blue", ACTIVE).containsEntry("green", STANDBY);
	}

	@Test
	void aRejectedReleaseNeverTakesOver() {
		three();
		this.releases.activate("green");
		this.releases.reject("green");
		Guard green = guard("green");
		age("blue", 300);
		age("old", 300);
		assertThat(pass(green, 60)).isEqualTo(REJECTED);
		assertThat(states()).containsEntry("blue", ACTIVE);
	}

	@Test
	void whoComesBackFromAnOutageLeavesTheActiveReleaseTheTimeToComeBackToo() {
		three();
		this.releases.activate("green");
		Guard blue = guard("blue");
		pass(blue, 30);
		blue.withoutContact();
		age("green", 300);
		age("blue", 300);
		assertThat(pass(blue, 14)).isEqualTo(DRAINING);
		this.releases.beat("green");
		assertThat(pass(blue, 10)).isEqualTo(DRAINING);
	}

	@Test
	void whoHasNoContactForLongWorksNoMore() {
		this.releases.beat("blue");
		Guard blue = guard("blue");
		assertThat(blue.look()).isEqualTo(ACTIVE);
		this.nanos.addAndGet(Duration.ofSeconds(14).toNanos());
		assertThat(blue.withoutContact()).isEqualTo(ACTIVE);
		this.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
		assertThat(blue.withoutContact()).isEqualTo(DRAINING);
		assertThat(blue.look()).isEqualTo(ACTIVE);
	}

	/** One that was active long ago, one that is, and one that waits. */
	private void three() {
		this.releases.beat("old");
		this.releases.beat("blue");
		this.releases.activate("blue");
		this.releases.beat("green");
	}

	private Guard guard(String release) {
		return new Guard(this.releases, release, Duration.ofSeconds(2), DEAD_AFTER, this.nanos::get);
	}

	/** Lets the guard look once a second. */
	private ReleaseState pass(Guard guard, int seconds) {
		ReleaseState state = STANDBY;
		for (int i = 0; i < seconds; i++) {
			this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			state = guard.look();
		}
		return state;
	}

	private void age(String release, int seconds) {
		this.jdbc.sql("""
				UPDATE work_release SET heartbeat_at = UTC_TIMESTAMP(6) - INTERVAL ? SECOND
				WHERE release_id = ?""").params(seconds, release).update();
	}

	private Map<String, ReleaseState> states() {
		return this.releases.all().stream().collect(Collectors.toMap(Release::release, Release::state));
	}

}
