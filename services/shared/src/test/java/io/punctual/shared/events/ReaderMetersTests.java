package io.punctual.shared.events;

import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an instance says of its service's reading, whether or not it reads itself: two of
 * them share the cursor, as the tasks of a service do, and blue and green.
 */
class ReaderMetersTests {

	private static final double HOUR = 3600;

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private LogDatabase source;

	private LogDatabase here;

	private TestReader first;

	private TestReader second;

	private ReaderMeters meters;

	@BeforeEach
	void create() {
		this.source = LogDatabase.create(4);
		this.here = LogDatabase.create(4);
		this.first = TestReader.of(this.source, this.here);
		this.second = TestReader.of(this.source, this.here);
		this.meters = new ReaderMeters(List.of(this.first.source()), this.here.inbox, this.here.clock);
		this.meters.bindTo(this.registry);
	}

	@AfterEach
	void close() {
		this.source.close();
		this.here.close();
	}

	@Test
	void aLogThatNobodyReadsGrowsOldForWhoeverLooks() {
		this.first.pull();
		anHourPasses();
		assertThat(measured("reader.age")).isGreaterThanOrEqualTo(HOUR);
	}

	@Test
	void aLogThatAnotherInstanceReadsIsNotOld() {
		this.first.pull();
		anHourPasses();
		this.second.pull();
		assertThat(measured("reader.age")).isLessThan(HOUR);
	}

	@Test
	void aLogThatWasNeverReadHasNoAge() {
		assertThat(measured("reader.age")).isNaN();
	}

	@Test
	void whatAnotherInstanceParkedIsParkedUntilItIsReplayed() {
		this.first.pull();
		this.source.transactions.write(() -> this.source.events
			.append(new NewEvent("thing.changed", "bad", this.source.clock.now(), "poison")));
		this.second.pull();
		assertThat(measured("parked")).isEqualTo(1);
		this.second.healed(true);
		this.second.inbox().replay("bad");
		assertThat(measured("parked")).isZero();
	}

	@Test
	void aDatabaseThatIsAwayLeavesNoOldNumber() {
		this.first.pull();
		assertThat(measured("reader.age")).isNotNaN();
		this.here.dataSource.close();
		assertThat(measured("reader.age")).isNaN();
		assertThat(measured("parked")).isNaN();
	}

	private void anHourPasses() {
		this.here.jdbc.update("UPDATE inbox_cursor SET as_of = as_of - INTERVAL 1 HOUR");
	}

	private double measured(String meter) {
		this.meters.measure();
		return this.registry.get("punctual.events." + meter).tag("source", "source").gauge().value();
	}

}
