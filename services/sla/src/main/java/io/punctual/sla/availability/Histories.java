package io.punctual.sla.availability;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.sla.availability.Facts.Impairment;
import io.punctual.sla.availability.Facts.Window;
import io.punctual.sla.availability.History.Assignment;
import io.punctual.sla.availability.History.Use;
import io.punctual.sla.clock.TermsStore;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What is known of clients' components. Whatever is read is rounded down to milliseconds,
 * beginnings and ends alike.
 */
@Repository
public class Histories {

	private final JdbcClient jdbc;

	private final TermsStore terms;

	Histories(JdbcClient jdbc, TermsStore terms) {
		this.jdbc = jdbc;
		this.terms = terms;
	}

	/**
	 * The first month in which a client used a component under an agreement, in the zone
	 * of the agreement.
	 * @param clientId the client
	 * @return nothing if it never did
	 */
	public Optional<YearMonth> firstMonth(String clientId) {
		History history = of(clientId, null, Instant.MAX);
		return history.components()
			.stream()
			.flatMap((component) -> history.spans(component, Instant.MIN, Instant.MAX).stream())
			.map((span) -> YearMonth.from(span.from().atZone(history.zone(span))))
			.min(YearMonth::compareTo);
	}

	/**
	 * What is known of a client's components since an instant.
	 * @param clientId the client
	 * @param componentId one component; null for all that it ever used
	 * @param since what ended before is left out
	 * @return nothing but agreements for a client that uses nothing
	 */
	public History of(String clientId, @Nullable String componentId, Instant since) {
		Map<String, List<Use>> uses = uses(clientId, componentId);
		List<Assignment> assignments = assignments(clientId);
		Map<String, AgreementTerms> known = new HashMap<>();
		for (Assignment one : assignments) {
			known.computeIfAbsent(History.key(one.agreementId(), one.agreementVersion()),
					(key) -> this.terms.get(one.agreementId(), one.agreementVersion()));
		}
		Map<String, List<Impairment>> impairments = impairments(uses.keySet(), since);
		Set<String> maintenance = impairments.values()
			.stream()
			.flatMap(List::stream)
			.filter((one) -> one.kind() == NoticeKind.MAINTENANCE)
			.map(Impairment::noticeId)
			.collect(Collectors.toSet());
		return new History(since(), uses, assignments, known, impairments, windows(maintenance));
	}

	private Instant since() {
		return this.jdbc.sql("SELECT since FROM availability_since")
			.query((row, number) -> floor(row.getObject(1, LocalDateTime.class)))
			.single();
	}

	private Map<String, List<Use>> uses(String clientId, @Nullable String componentId) {
		Map<String, List<Use>> uses = new LinkedHashMap<>();
		this.jdbc.sql("""
				SELECT e.component_id, GREATEST(e.effective_at, s.since) AS used_from, e.revoked_at, c.removed_at
				FROM availability_since s CROSS JOIN entitlement e
				LEFT JOIN client c ON c.client_id = e.client_id
				WHERE e.client_id = ? AND e.component_id = COALESCE(?, e.component_id)
				ORDER BY e.component_id, used_from""").param(clientId).param(componentId).query((row) -> {
			Instant revoked = millis(row.getObject("revoked_at", LocalDateTime.class));
			Instant removed = millis(row.getObject("removed_at", LocalDateTime.class));
			Instant to = (revoked == null || (removed != null && removed.isBefore(revoked))) ? removed : revoked;
			add(uses.computeIfAbsent(row.getString("component_id"), (key) -> new ArrayList<>()),
					floor(row.getObject("used_from", LocalDateTime.class)), to);
		});
		return uses;
	}

	/** Begun earlier than it was known, a use may overlap the one before. */
	private static void add(List<Use> uses, Instant from, @Nullable Instant to) {
		Use last = uses.isEmpty() ? null : uses.getLast();
		if (last == null || (last.to() != null && last.to().isBefore(from))) {
			uses.add(new Use(from, to));
			return;
		}
		boolean longer = last.to() != null && (to == null || to.isAfter(last.to()));
		uses.set(uses.size() - 1, longer ? new Use(last.from(), to) : last);
	}

	private List<Assignment> assignments(String clientId) {
		return this.jdbc.sql("""
				SELECT effective_at, agreement_id, agreement_version FROM agreement_assignment
				WHERE client_id = ? ORDER BY effective_at""")
			.param(clientId)
			.query((row, number) -> new Assignment(floor(row.getObject(1, LocalDateTime.class)), row.getString(2),
					row.getInt(3)))
			.list();
	}

	private Map<String, List<Impairment>> impairments(Set<String> components, Instant since) {
		Map<String, List<Impairment>> impairments = new HashMap<>();
		if (components.isEmpty()) {
			return impairments;
		}
		this.jdbc.sql("""
				SELECT i.*, (SELECT MIN(n.published_at) FROM published_update n
				  WHERE n.notice_id = i.notice_id AND n.seq = i.seq + 1) AS until
				FROM component_impact i WHERE i.component_id IN (:components)
				ORDER BY i.impaired_from, i.update_id""").param("components", components).query((row) -> {
			Impairment one = new Impairment(row.getString("notice_id"), row.getString("update_id"),
					NoticeKind.valueOf(row.getString("kind")), row.getBoolean("drill"),
					ImpactLevel.valueOf(row.getString("level")),
					floor(row.getObject("impaired_from", LocalDateTime.class)),
					millis(row.getObject("until", LocalDateTime.class)));
			if (one.to() == null || one.to().isAfter(since)) {
				impairments.computeIfAbsent(row.getString("component_id"), (key) -> new ArrayList<>()).add(one);
			}
		});
		return impairments;
	}

	private List<Window> windows(Set<String> notices) {
		if (notices.isEmpty()) {
			return List.of();
		}
		return this.jdbc
			.sql("SELECT * FROM maintenance_window WHERE notice_id IN (:notices) ORDER BY notice_id, sequence")
			.param("notices", notices)
			.query((row, number) -> new Window(row.getString("notice_id"), row.getString("update_id"),
					DatabaseTime.fromColumn(row.getObject("announced_at", LocalDateTime.class)),
					floor(row.getObject("window_start", LocalDateTime.class)),
					floor(row.getObject("window_end", LocalDateTime.class))))
			.list();
	}

	private static @Nullable Instant millis(@Nullable LocalDateTime column) {
		return (column != null) ? floor(column) : null;
	}

	private static Instant floor(LocalDateTime column) {
		return DatabaseTime.fromColumn(column).truncatedTo(ChronoUnit.MILLIS);
	}

}
