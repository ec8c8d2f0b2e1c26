package io.punctual.infrastructure.observation;

import java.util.Map;

import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What nobody sends cannot be watched.
 */
@NeedsNode
class MetersTests {

	private final Meters meters = new Meters();

	@Test
	void readsAMetricAsTheListSays() {
		var metric = this.meters.of(Service.SLA, "punctual.promises.kept.count", Map.of("objective", "delivery"));
		assertThat(metric.getStatistic()).isEqualTo("Sum");
		assertThat(metric.getDimensions()).isEqualTo(Map.of("Service", "sla", "objective", "delivery"));
	}

	@Test
	void refusesWhatNobodySends() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.meters.of(Service.SLA, "punctual.promises.best"))
			.withMessageContaining("punctual.promises.best");
	}

	@Test
	void refusesAServiceThatDoesNotSendIt() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.meters.of(Service.NOTICES, "punctual.deliveries.oldest_due.value"));
	}

	@Test
	void refusesADimensionOrValueThatIsNotListed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.meters.of(Service.SLA, "punctual.promises.kept.count"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.meters.of(Service.SLA, "punctual.promises.kept.count", Map.of("objective", "luck")));
	}

}
