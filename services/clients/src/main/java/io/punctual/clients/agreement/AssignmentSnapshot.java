package io.punctual.clients.agreement;

import java.time.Instant;
import java.util.function.Consumer;

import io.punctual.shared.contract.AgreementAssigned;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.events.SnapshotSource;
import io.punctual.shared.time.DatabaseClock;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Who is under which agreement, for readers that come late.
 */
@Component
@Order(6)
class AssignmentSnapshot implements SnapshotSource {

	private final Agreements agreements;

	private final DatabaseClock clock;

	AssignmentSnapshot(Agreements agreements, DatabaseClock clock) {
		this.agreements = agreements;
		this.clock = clock;
	}

	@Override
	public void writeTo(Consumer<NewEvent> out) {
		Instant now = this.clock.now();
		this.agreements.presentAssignments(now,
				(assignment) -> out.accept(new NewEvent(AgreementAssigned.TYPE, assignment.clientId(), now,
						new AgreementAssigned(assignment.clientId(), assignment.terms(), assignment.effectiveAt()))));
	}

}
