package io.punctual.infrastructure.observation;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the alarms on promises do while promises are broken: the template's expressions,
 * evaluated minute by minute.
 */
@NeedsNode
class BurnRateTests {

	private static final int HOUR = 60;

	private static final int DAY = 24 * HOUR;

	private final Template stack = Synthesised.production().stack("Observation");

	private Promises promises() {
		return new Promises(this.stack);
	}

	@Test
	void anOutagePagesWithinFiveMinutesAndStopsFiveMinutesAfterItIsOver() {
		Promises promises = promises().during(6 * HOUR, 100, 0);
		int begin = promises.now();
		promises.during(10, 0, 100);
		int end = promises.now();
		promises.during(HOUR, 100, 0);
		assertThat(promises.rings("promises-burn-fast")).first().satisfies((at) -> {
			assertThat(at - begin).isBetween(1, 5);
		});
		assertThat(promises.rings("promises-burn-fast")).last().satisfies((at) -> assertThat(at - end).isBetween(0, 5));
	}

	@Test
	void fifteenTimesTheRatePagesWithinAnHour() {
		Promises promises = promises().during(DAY, 1000, 0);
		int begin = promises.now();
		promises.during(HOUR, 925, 75);
		assertThat(promises.rings("promises-burn-fast")).first().satisfies((at) -> {
			assertThat(at - begin).isBetween(30, HOUR);
		});
	}

	@Test
	void sevenTimesTheRatePagesWithinSixHoursByTheSlowAlarmAlone() {
		Promises promises = promises().during(DAY, 1000, 0);
		int begin = promises.now();
		promises.during(6 * HOUR, 965, 35);
		assertThat(promises.rings("promises-burn-slow")).first().satisfies((at) -> {
			assertThat(at - begin).isBetween(HOUR, 6 * HOUR);
		});
		assertThat(promises.rings("promises-burn-fast")).isEmpty();
	}

	@Test
	void fourTimesTheRateIsATicketWithinADayAndWakesNobody() {
		Promises promises = promises().during(DAY, 1000, 0).during(DAY, 980, 20);
		assertThat(promises.rings("promises-burn-day")).isNotEmpty();
		assertThat(promises.rings("promises-burn-fast")).isEmpty();
		assertThat(promises.rings("promises-burn-slow")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "promises-burn-fast", "promises-burn-slow", "promises-burn-day" })
	void whatTheObjectiveAllowsRingsNever(String alarm) {
		assertThat(promises().during(3 * DAY, 995, 5).rings(alarm)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "promises-burn-fast", "promises-burn-slow", "promises-burn-day", "promise-broken" })
	void restAndSilenceRingNever(String alarm) {
		assertThat(promises().silent(DAY).during(DAY, 0, 0).silent(DAY).rings(alarm)).isEmpty();
	}

	@Test
	void twoBrokenPromisesOfAQuietDayAreATicketAndNoRate() {
		Promises promises = promises().during(DAY, 0, 0).during(1, 0, 2).during(DAY, 0, 0);
		assertThat(promises.rings("promise-broken")).hasSize(5);
		assertThat(promises.rings("promises-burn-fast")).isEmpty();
		assertThat(promises.rings("promises-burn-day")).isEmpty();
	}

	@Test
	void onePublicationThatNobodyGotInTimePagesAlthoughNothingElseIsJudged() {
		Promises promises = promises().silent(DAY).during(1, 0, 3);
		int begin = promises.now();
		promises.silent(HOUR);
		assertThat(promises.rings("promises-burn-fast")).first().isEqualTo(begin);
	}

}
