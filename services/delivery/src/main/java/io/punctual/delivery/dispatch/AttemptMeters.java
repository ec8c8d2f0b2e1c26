package io.punctual.delivery.dispatch;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.punctual.delivery.dispatch.Completion.Verdict;

import org.springframework.stereotype.Component;

/**
 * Counts what came of deliveries, once it is written.
 */
@Component
class AttemptMeters {

	private final Map<Verdict, Counter> outcomes = new EnumMap<>(Verdict.class);

	private final Timer first;

	AttemptMeters(MeterRegistry registry) {
		for (Verdict verdict : Verdict.values()) {
			this.outcomes.put(verdict,
					Counter.builder("punctual.webhook.attempts")
						.description("What came of deliveries that were taken up")
						.tag("outcome", verdict.name().toLowerCase(Locale.ROOT))
						.register(registry));
		}
		this.first = Timer.builder("punctual.webhook.first_attempt")
			.description("From the publication to the end of a delivery's first attempt")
			.register(registry);
	}

	void written(List<Completion> completions) {
		for (Completion one : completions) {
			Counter outcome = this.outcomes.get(one.verdict());
			if (outcome != null) {
				outcome.increment();
			}
			if (one.attempt() != null && one.delivery().attempts() == 0 && !one.delivery().fallback()) {
				this.first.record(Duration.between(one.delivery().promise().startedAt(), one.attempt().result().end()));
			}
		}
	}

}
