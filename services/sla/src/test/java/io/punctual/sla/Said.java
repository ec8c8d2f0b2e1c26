package io.punctual.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.punctual.shared.calendar.CalendarDefinition;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.DeliveriesFailing;
import io.punctual.shared.contract.DeliveriesSettled;
import io.punctual.shared.contract.NoticeDetected;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.ObligationAcknowledged;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.id.Ids;
import org.jspecify.annotations.Nullable;

/**
 * What the other services say in the tests' stories: one client, one notice, one update.
 */
public record Said(String clientId, String noticeId, String updateId, String obligationId, String deliveryId,
		String endpointId, AgreementTerms terms) {

	public static Said with(Map<Objective, Duration> targets, boolean countsRecipientMiss) {
		CalendarDefinition always = new CalendarDefinition("Europe/London",
				Map.of("MON", List.of("00:00-24:00"), "TUE", List.of("00:00-24:00"), "WED", List.of("00:00-24:00"),
						"THU", List.of("00:00-24:00"), "FRI", List.of("00:00-24:00"), "SAT", List.of("00:00-24:00"),
						"SUN", List.of("00:00-24:00")),
				Map.of());
		AgreementTerms terms = new AgreementTerms(Ids.next("agr"), 1, "Gold",
				new AgreementTerms.Calendar(Ids.next("cal"), 1, always),
				new AgreementTerms.Channels(List.of(AgreementTerms.Channel.WEBHOOK), AgreementTerms.Rule.ANY),
				targets.entrySet()
					.stream()
					.map((entry) -> new AgreementTerms.Target(entry.getKey(), null, null, entry.getValue()))
					.toList(),
				countsRecipientMiss);
		return new Said(Ids.next("cli"), Ids.next("not"), Ids.next("upd"), Ids.next("obl"), Ids.next("dlv"),
				Ids.next("end"), terms);
	}

	public ClientUpserted client(ClientUpserted.State state) {
		return new ClientUpserted(this.clientId, this.clientId, "Acme", state, false);
	}

	public NoticeDetected detected(Instant at) {
		return new NoticeDetected(this.noticeId, NoticeKind.INCIDENT, Severity.CRITICAL, "Outage", List.of(), at, false,
				1, 1, List.of(new NoticeDetected.Expected(this.terms,
						List.of(new NoticeDetected.Client(this.clientId, at)))));
	}

	public UpdatePublished published(Instant at) {
		return new UpdatePublished(this.noticeId, this.updateId, 1, NoticeKind.INCIDENT, "INVESTIGATING",
				Severity.CRITICAL, "Outage", "We are looking", List.of(), List.of(), null, at, null, false, false, 1);
	}

	public UpdateOwed owed(Instant at) {
		return new UpdateOwed(this.noticeId, this.updateId, at, false, false, this.terms, null,
				List.of(new UpdateOwed.Owed(this.obligationId, this.clientId, List.of(this.endpointId), at)));
	}

	public DeliveriesSettled settled(DeliveriesSettled.Outcome outcome, Instant at, @Nullable Instant satisfiedAt) {
		return new DeliveriesSettled(List.of(new DeliveriesSettled.Item(this.obligationId, this.clientId, this.updateId,
				this.noticeId, this.deliveryId, this.endpointId, outcome, null, at, 1, satisfiedAt)));
	}

	public DeliveriesFailing failing(DeliveriesFailing.Side side, Instant firstAttemptAt) {
		return new DeliveriesFailing(List.of(new DeliveriesFailing.Item(this.obligationId, this.deliveryId,
				this.endpointId, firstAttemptAt, side, "HTTP 500")));
	}

	public ObligationAcknowledged acknowledged(Instant at) {
		return new ObligationAcknowledged(this.obligationId, this.clientId, this.noticeId, this.updateId, "ops", "API",
				at);
	}

}
