package io.punctual.sla.clock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.punctual.shared.bulk.BulkInsert;
import io.punctual.shared.bulk.BulkUpdate.Type;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.ObligationAcknowledged;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What is known of obligations. That one is owed, {@code notices} says; that it was
 * satisfied and acknowledged, {@code delivery}: in either order. Whoever comes second
 * finds the other's half, since both write the obligation's row first.
 */
@Repository
class Obligations {

	private static final BulkInsert OWED = BulkInsert.into("obligation")
		.own("obligation_id", Type.CODE)
		.own("client_id", Type.CODE)
		.common("notice_id", "update_id", "owed_from", "drill", "agreement_id", "agreement_version", "owed_position",
				"owed_event")
		.ifPresent("""
				obligation.client_id = VALUES(client_id), obligation.notice_id = VALUES(notice_id),
				obligation.update_id = VALUES(update_id), obligation.owed_from = VALUES(owed_from),
				obligation.drill = VALUES(drill), obligation.agreement_id = VALUES(agreement_id),
				obligation.agreement_version = VALUES(agreement_version),
				obligation.owed_position = VALUES(owed_position), obligation.owed_event = VALUES(owed_event)""")
		.build();

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final TermsStore terms;

	private final Clocks clocks;

	Obligations(JdbcClient jdbc, JdbcTemplate batches, TermsStore terms, Clocks clocks) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.terms = terms;
		this.clocks = clocks;
	}

	/**
	 * Obligations came to be, page by page.
	 * @param said the updates that are owed
	 */
	void owed(List<Owing> pages, Map<String, SaidThings.Known> said) {
		pages.stream().map(Owing::agreement).distinct().forEach(this.terms::keep);
		BulkInsert.Rows rows = OWED.rows();
		List<Promise> promises = new ArrayList<>();
		List<String> obligationIds = new ArrayList<>();
		for (Owing page : pages) {
			page.addTo(rows);
			page.addTo(promises, Objects.requireNonNull(said.get(page.update().updateId())));
			page.update().owed().forEach((owed) -> obligationIds.add(owed.obligationId()));
		}
		rows.insert(this.batches);
		this.clocks.start(promises);
		// Mostly nothing has arrived yet.
		reconcile(obligationIds);
	}

	/**
	 * The rules of obligations were satisfied.
	 */
	void satisfied(Map<String, Fact> byObligation) {
		this.batches.batchUpdate("""
				INSERT INTO obligation (obligation_id, satisfied_at, satisfied_position, satisfied_event)
				VALUES (?, ?, ?, ?)
				ON DUPLICATE KEY UPDATE satisfied_position = COALESCE(satisfied_position, VALUES(satisfied_position)),
				  satisfied_event = COALESCE(satisfied_event, VALUES(satisfied_event)),
				  satisfied_at = COALESCE(satisfied_at, VALUES(satisfied_at))""", rows(byObligation));
		reconcile(byObligation.keySet());
	}

	/**
	 * Somebody took note of them; the first time counts.
	 */
	void acknowledged(Map<String, Fact> byObligation) {
		this.batches.batchUpdate("""
				INSERT INTO obligation (obligation_id, acknowledged_at, acknowledged_position, acknowledged_event)
				VALUES (?, ?, ?, ?)
				ON DUPLICATE KEY UPDATE
				  acknowledged_position = COALESCE(acknowledged_position, VALUES(acknowledged_position)),
				  acknowledged_event = COALESCE(acknowledged_event, VALUES(acknowledged_event)),
				  acknowledged_at = COALESCE(acknowledged_at, VALUES(acknowledged_at))""", rows(byObligation));
		reconcile(byObligation.keySet());
	}

	/**
	 * Stops the clocks of obligations of which both have spoken by now, and starts those
	 * that begin with the satisfaction. That of the delivery runs since the obligation
	 * came to be.
	 */
	private void reconcile(Collection<String> obligationIds) {
		if (obligationIds.isEmpty()) {
			return;
		}
		List<Known> known = this.jdbc.sql("""
				SELECT o.*, u.kind, u.severity FROM obligation o JOIN published_update u ON u.update_id = o.update_id
				WHERE o.obligation_id IN (:ids) AND o.agreement_id IS NOT NULL AND o.satisfied_at IS NOT NULL
				ORDER BY o.obligation_id""").param("ids", obligationIds).query(Known::map).list();
		Map<String, AgreementTerms> agreements = new HashMap<>();
		List<Promise> promises = new ArrayList<>();
		Map<String, Fact> satisfied = new HashMap<>();
		Map<String, Fact> acknowledged = new HashMap<>();
		for (Known obligation : known) {
			AgreementTerms agreement = agreements.computeIfAbsent(
					obligation.agreementId() + "/" + obligation.agreementVersion(),
					(key) -> this.terms.get(obligation.agreementId(), obligation.agreementVersion()));
			obligation.acknowledgement(agreement).ifPresent(promises::add);
			satisfied.put(obligation.obligationId(), obligation.satisfied());
			Fact acknowledgement = obligation.acknowledged();
			if (acknowledgement != null) {
				acknowledged.put(obligation.obligationId(), acknowledgement);
			}
		}
		this.clocks.start(promises);
		this.clocks.stop(Objective.DELIVERY, satisfied);
		this.clocks.stop(Objective.ACKNOWLEDGEMENT, acknowledged);
	}

	private static List<Object[]> rows(Map<String, Fact> byObligation) {
		return byObligation.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map((entry) -> new Object[] { entry.getKey(), DatabaseTime.toColumn(entry.getValue().at()),
					entry.getValue().position(), entry.getValue().eventId() })
			.toList();
	}

	/**
	 * A page of what is owed.
	 */
	record Owing(UpdateOwed update, AgreementTerms agreement, Fact fact) {

		private void addTo(BulkInsert.Rows rows) {
			for (UpdateOwed.Owed owed : this.update.owed()) {
				rows.add(List.of(this.update.noticeId(), this.update.updateId(), DatabaseTime.toColumn(owed.owedFrom()),
						this.update.drill(), this.agreement.agreementId(), this.agreement.version(),
						this.fact.position(), this.fact.eventId()), owed.obligationId(), owed.clientId());
			}
		}

		private void addTo(List<Promise> promises, SaidThings.Known said) {
			this.agreement.target(Objective.DELIVERY, said.kind(), said.severity())
				.ifPresent((target) -> this.update.owed()
					.forEach((owed) -> promises.add(new Promise(owed.clientId(), Objective.DELIVERY,
							this.update.noticeId(), owed.obligationId(), this.update.updateId(), owed.obligationId(),
							this.update.drill(), this.agreement, target, this.fact.at(owed.owedFrom())))));
		}

	}

	/**
	 * An obligation of which {@code notices} has spoken, and that is satisfied.
	 */
	private record Known(String obligationId, String clientId, String noticeId, String updateId, boolean drill,
			String agreementId, int agreementVersion, NoticeKind kind, Severity severity, Fact satisfied,
			@Nullable Fact acknowledged) {

		private Optional<Promise> acknowledgement(AgreementTerms agreement) {
			return agreement.target(Objective.ACKNOWLEDGEMENT, this.kind, this.severity)
				.map((target) -> new Promise(this.clientId, Objective.ACKNOWLEDGEMENT, this.noticeId, this.obligationId,
						this.updateId, this.obligationId, this.drill, agreement, target, this.satisfied));
		}

		private static Known map(ResultSet row, int number) throws SQLException {
			return new Known(row.getString("obligation_id"), row.getString("client_id"), row.getString("notice_id"),
					row.getString("update_id"), row.getBoolean("drill"), row.getString("agreement_id"),
					row.getInt("agreement_version"), NoticeKind.valueOf(row.getString("kind")),
					Severity.valueOf(row.getString("severity")),
					Objects.requireNonNull(fact(row, "satisfied", "deliveries.settled")),
					fact(row, "acknowledged", ObligationAcknowledged.TYPE));
		}

		private static @Nullable Fact fact(ResultSet row, String prefix, String type) throws SQLException {
			Instant at = ClockRows.nullableInstant(row, prefix + "_at");
			return (at != null) ? new Fact(at, "delivery", type, row.getLong(prefix + "_position"),
					row.getString(prefix + "_event")) : null;
		}

	}

}
