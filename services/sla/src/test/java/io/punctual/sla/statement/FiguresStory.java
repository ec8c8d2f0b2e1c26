package io.punctual.sla.statement;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.AvailabilityTerms;
import io.punctual.shared.contract.CreditTerms;
import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.id.Ids;
import io.punctual.sla.ComponentStory;
import io.punctual.sla.FakeLogs;
import io.punctual.sla.Said;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A month in which a component was impaired and a promise missed, as the logs tell it.
 */
final class FiguresStory {

	static final CreditTerms CREDITS = new CreditTerms("EUR", 1_000_000L, 60_000L,
			List.of(new CreditTerms.Tier(999_000, 500), new CreditTerms.Tier(900_000, 10_000)),
			List.of(new CreditTerms.Breach(Objective.DELIVERY, 2_000)));

	private static final Instant START = Story.MONTH.atDay(3).atStartOfDay().toInstant(ZoneOffset.UTC);

	private FiguresStory() {
	}

	/** Promised 99.9 %. */
	static Said client(FakeLogs logs, @Nullable CreditTerms credits) {
		return new ComponentStory(logs).client(START, new AvailabilityTerms(999_000, null, null), null, credits);
	}

	static String use(FakeLogs logs, Said said) {
		return new ComponentStory(logs).use(said, START);
	}

	/**
	 * Nobody reached a component for a while.
	 * @param saidAt when it was said that it had begun
	 */
	static void outage(FakeLogs logs, String component, Instant from, Instant saidAt, Instant to) {
		ComponentStory story = new ComponentStory(logs);
		String notice = Ids.next("not");
		story.publish(ComponentStory.incident(notice, 1, "INVESTIGATING", saidAt, from, false,
				new Impact(component, ImpactLevel.MAJOR)));
		story.publish(ComponentStory.incident(notice, 2, "RESOLVED", to, null, false,
				new Impact(component, ImpactLevel.NONE)));
	}

	static void missDelivery(FakeLogs logs, JdbcClient jdbc, Said said) {
		logs.append("notices", "update.published", said.noticeId(), said.published(Story.PUBLISHED));
		logs.append("notices", "update.owed", said.noticeId(), said.owed(Story.PUBLISHED));
		Story.awaitState(jdbc, said, "BREACHED");
	}

}
