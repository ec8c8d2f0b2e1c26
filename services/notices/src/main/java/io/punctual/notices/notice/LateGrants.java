package io.punctual.notices.notice;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.punctual.notices.audience.Audiences;
import io.punctual.notices.audience.Concern;
import io.punctual.notices.audience.Grant;
import io.punctual.notices.audience.GrantListener;
import io.punctual.notices.audience.Member;
import io.punctual.notices.obligation.ObligationWriter;
import io.punctual.notices.obligation.Publication;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes up for entitlements that this service hears of too late: one in force before an
 * update of an open notice was said yields a supplementary obligation, one to a component
 * of a detected draft lets the client expect a first update.
 */
@Component
class LateGrants implements GrantListener {

	private final JdbcClient jdbc;

	private final Notices notices;

	private final Audiences audiences;

	private final ObligationWriter obligations;

	private final Detection detection;

	private final DatabaseClock clock;

	LateGrants(JdbcClient jdbc, Notices notices, Audiences audiences, ObligationWriter obligations, Detection detection,
			DatabaseClock clock) {
		this.jdbc = jdbc;
		this.notices = notices;
		this.audiences = audiences;
		this.obligations = obligations;
		this.detection = detection;
		this.clock = clock;
	}

	@Override
	public void granted(List<Grant> grants) {
		Set<String> components = grants.stream().map(Grant::componentId).collect(Collectors.toSet());
		Instant earliest = grants.stream().map(Grant::effectiveAt).min(Instant::compareTo).orElseThrow();
		for (Said said : saidSince(earliest, components)) {
			supplement(said, grants);
		}
		for (Notice draft : detectedDrafts(components)) {
			Set<String> clients = new HashSet<>();
			grants.stream()
				.filter((grant) -> draft.components().contains(grant.componentId()))
				.forEach((grant) -> clients.add(grant.clientId()));
			this.detection.join(draft, clients);
		}
	}

	private void supplement(Said said, List<Grant> grants) {
		Map<String, Instant> recordedAt = new LinkedHashMap<>();
		grants.stream()
			.filter((grant) -> said.components().contains(grant.componentId()))
			.filter((grant) -> !grant.effectiveAt().isAfter(said.publishedAt()))
			.forEach((grant) -> recordedAt.merge(grant.clientId(), grant.recordedAt(),
					(one, other) -> (one.isBefore(other)) ? one : other));
		recordedAt.keySet().removeAll(owedAlready(said, recordedAt.keySet()));
		if (recordedAt.isEmpty()) {
			return;
		}
		Publication publication = said.publication();
		Concern concern = Concern.by(said.components(), publication.kind(), publication.severity())
			.among(recordedAt.keySet());
		// A budget cannot start before the provider itself recorded the right to it.
		Map<Instant, List<Member>> byStart = new TreeMap<>();
		for (Member member : this.audiences.find(concern, said.publishedAt())) {
			Instant recorded = recordedAt.get(member.clientId());
			Instant start = (recorded != null && recorded.isAfter(said.publishedAt())) ? recorded : said.publishedAt();
			byStart.computeIfAbsent(start, (key) -> new ArrayList<>()).add(member);
		}
		byStart.forEach(
				(start, members) -> this.obligations.stamp(this.obligations.write(publication, members, start, true),
						said.publishedAt(), start, true, this.clock.now()));
	}

	private Set<String> owedAlready(Said said, Collection<String> clientIds) {
		if (clientIds.isEmpty()) {
			return Set.of();
		}
		return new HashSet<>(this.jdbc
			.sql("SELECT client_id FROM obligation WHERE update_id = :updateId AND client_id IN (:clientIds)")
			.param("updateId", said.publication().updateId())
			.param("clientIds", clientIds)
			.query((row, number) -> row.getString(1))
			.list());
	}

	private Collection<Said> saidSince(Instant earliest, Set<String> components) {
		Map<String, Said> found = new HashMap<>();
		List<String> inOrder = new ArrayList<>();
		this.jdbc.sql("""
				SELECT u.update_id, u.notice_id, u.severity, u.published_at, n.kind, n.drill, i.component_id
				FROM notice n JOIN notice_update u ON u.notice_id = n.notice_id
				JOIN update_impact i ON i.update_id = u.update_id
				WHERE n.state IN (:open) AND n.closed_at IS NULL AND n.published_at IS NOT NULL
				AND i.component_id IN (:components) AND u.published_at >= :earliest
				ORDER BY n.notice_id, u.seq""")
			.param("open", openStates())
			.param("components", components)
			.param("earliest", DatabaseTime.toColumn(earliest))
			.query((row) -> {
				String updateId = row.getString("update_id");
				Said said = found.get(updateId);
				if (said == null) {
					said = new Said(
							new Publication(row.getString("notice_id"), updateId,
									NoticeKind.valueOf(row.getString("kind")),
									Severity.valueOf(row.getString("severity")), row.getBoolean("drill")),
							DatabaseTime.fromColumn(row.getObject("published_at", LocalDateTime.class)),
							new HashSet<>());
					found.put(updateId, said);
					inOrder.add(updateId);
				}
				said.components().add(row.getString("component_id"));
			});
		return inOrder.stream().map(found::get).toList();
	}

	private List<Notice> detectedDrafts(Set<String> components) {
		List<String> ids = this.jdbc.sql("""
				SELECT DISTINCT n.notice_id FROM notice n JOIN notice_component c ON c.notice_id = n.notice_id
				WHERE n.state = 'DRAFT' AND n.detected_at IS NOT NULL AND c.component_id IN (:components)""")
			.param("components", components)
			.query((row, number) -> row.getString(1))
			.list();
		return this.notices.findAllById(ids);
	}

	private static Set<String> openStates() {
		Set<String> open = new HashSet<>();
		for (NoticeKind kind : NoticeKind.values()) {
			for (NoticeState state : NoticeState.values()) {
				if (Lifecycle.of(kind).isOpen(state)) {
					open.add(state.name());
				}
			}
		}
		return open;
	}

	/**
	 * An update of an open notice, with those of its components that the grants are
	 * about.
	 */
	private record Said(Publication publication, Instant publishedAt, Set<String> components) {
	}

}
