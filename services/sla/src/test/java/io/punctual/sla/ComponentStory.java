package io.punctual.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.punctual.shared.contract.AgreementAssigned;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.AvailabilityTerms;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.CreditTerms;
import io.punctual.shared.contract.EntitlementGranted;
import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.MaintenanceTerms;
import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.id.Ids;
import org.jspecify.annotations.Nullable;

/**
 * Clients that use components under an agreement, and what is said of the components.
 *
 * @param logs where it is told
 */
public record ComponentStory(FakeLogs logs) {

	/**
	 * A client that was promised an update within five minutes, around the clock in
	 * London's time, and what its agreement says besides.
	 */
	public Said client(Instant since, @Nullable AvailabilityTerms availability, @Nullable MaintenanceTerms maintenance,
			@Nullable CreditTerms credits) {
		Said plain = Said.with(Map.of(Objective.DELIVERY, Duration.ofMinutes(5)), false);
		AgreementTerms terms = new AgreementTerms(plain.terms().agreementId(), 1, plain.terms().name(),
				plain.terms().calendar(), plain.terms().channels(), plain.terms().targets(), false, availability,
				maintenance, credits);
		Said said = new Said(plain.clientId(), plain.noticeId(), plain.updateId(), plain.obligationId(),
				plain.deliveryId(), plain.endpointId(), terms);
		this.logs.append("clients", ClientUpserted.TYPE, said.clientId(), said.client(ClientUpserted.State.ACTIVE));
		assign(said, terms, since);
		return said;
	}

	public void assign(Said said, AgreementTerms terms, Instant effectiveAt) {
		this.logs.append("clients", AgreementAssigned.TYPE, said.clientId(),
				new AgreementAssigned(said.clientId(), terms, effectiveAt));
	}

	/** The client uses one more component. */
	public String use(Said said, Instant since) {
		String component = Ids.next("cmp");
		this.logs.append("clients", EntitlementGranted.TYPE, said.clientId(),
				new EntitlementGranted(said.clientId(), component, since));
		return component;
	}

	public void publish(UpdatePublished update) {
		this.logs.append("notices", UpdatePublished.TYPE, update.noticeId(), update);
	}

	/**
	 * What a notice says next.
	 * @param detectedAt since when its provider knew
	 */
	public static UpdatePublished incident(String noticeId, int seq, String state, Instant at,
			@Nullable Instant detectedAt, boolean drill, Impact... impacts) {
		return update(noticeId, seq, NoticeKind.INCIDENT, state, at, detectedAt, drill, null, impacts);
	}

	/** The same of maintenance. */
	public static UpdatePublished maintenance(String noticeId, int seq, String state, Instant at,
			MaintenanceWindow window, Impact... impacts) {
		return update(noticeId, seq, NoticeKind.MAINTENANCE, state, at, null, false, window, impacts);
	}

	private static UpdatePublished update(String noticeId, int seq, NoticeKind kind, String state, Instant at,
			@Nullable Instant detectedAt, boolean drill, @Nullable MaintenanceWindow window, Impact... impacts) {
		List<Impact> all = List.of(impacts);
		return new UpdatePublished(noticeId, Ids.next("upd"), seq, kind, state, Severity.CRITICAL, "Trouble", "…",
				all.stream().map(Impact::componentId).toList(), all, null, at, detectedAt, drill, false, 1, window);
	}

}
