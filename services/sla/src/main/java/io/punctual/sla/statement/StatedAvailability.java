package io.punctual.sla.statement;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.punctual.sla.availability.ComponentAvailability;
import org.jspecify.annotations.Nullable;

/**
 * What a statement says of availability.
 *
 * @param components each component that the client used in the month under an agreement
 * @param adjustments what has become known of earlier months since they were closed
 * @param countedFrom from when on it is known what was used and how that fared, where
 * that is after the month's beginning: nothing before it is committed, so no figure
 * speaks of it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StatedAvailability(List<ComponentAvailability> components, List<Adjustment> adjustments,
		@Nullable Instant countedFrom) {

	/**
	 * A component's earlier month that was said otherwise, or not at all.
	 *
	 * @param before what the last statement about it said; absent if none did
	 * @param now what it comes to by what is known now
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Adjustment(String period, @Nullable Before before, ComponentAvailability now) {
	}

	/**
	 * What was said.
	 *
	 * @param number the statement that said it
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Before(long number, long committedMillis, long unavailableMicros,
			@Nullable Integer targetPpm) implements Former {

		boolean says(ComponentAvailability now) {
			return this.committedMillis == now.measured().committedMillis()
					&& this.unavailableMicros == now.measured().unavailableMicros()
					&& Objects.equals(this.targetPpm, now.measured().targetPpm());
		}

	}

}
