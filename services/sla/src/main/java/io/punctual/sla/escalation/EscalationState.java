package io.punctual.sla.escalation;

import java.util.List;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;

/**
 * How far an escalation has come.
 */
enum EscalationState {

	OPEN, ACKNOWLEDGED, RESOLVED;

	List<EscalationState> allowed() {
		return switch (this) {
			case OPEN -> List.of(ACKNOWLEDGED, RESOLVED);
			case ACKNOWLEDGED -> List.of(RESOLVED);
			case RESOLVED -> List.of();
		};
	}

	/**
	 * Insists on a transition that there is.
	 * @throws ProblemException 409 if there is none
	 */
	void requireMayBecome(EscalationState next) {
		if (!allowed().contains(next)) {
			throw ProblemException.of(ProblemType.ILLEGAL_TRANSITION, "It is " + this + ".").with("allowed", allowed());
		}
	}

}
