package io.punctual.clients.agreement;

import io.punctual.shared.contract.AvailabilityTerms;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.problem.ProblemException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * What callers write of availability.
 */
record AvailabilityForm(@Nullable @Min(1) @Max(AvailabilityTerms.WHOLE_PPM) Integer targetPpm,
		@Nullable @Min(0) @Max(1_000) Integer majorPermille, @Nullable @Min(0) @Max(1_000) Integer partialPermille) {

	AvailabilityTerms toTerms(String pointer) {
		AvailabilityTerms terms = new AvailabilityTerms(this.targetPpm, this.majorPermille, this.partialPermille);
		if (terms.permille(ImpactLevel.PARTIAL) > terms.permille(ImpactLevel.MAJOR)) {
			throw ProblemException.invalid(pointer + "/partialPermille", "must not be more than majorPermille");
		}
		return terms;
	}

}
