package io.punctual.notices.obligation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.punctual.notices.audience.Member;
import io.punctual.shared.bulk.LaterRows;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdateOwed.Owed;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.id.Ids;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes who is owed an update, in two steps: first the many rows, which say nothing of
 * time, then the few that state the promise's instant, with the events. So the
 * publication's instant is taken after the bulk of the work, and the transaction commits
 * soon after it, however many are owed.
 */
@Component
public class ObligationWriter {

	private static final int BATCH = 1000;

	/** So few rows do not delay a commit. */
	private static final int FEW = 50;

	private static final String INSERT = """
			INSERT INTO obligation (obligation_id, update_id, notice_id, client_id, group_no, endpoint_ids)
			VALUES (?, ?, ?, ?, ?, ?)""";

	private static final String INSERT_GROUP = """
			INSERT INTO obligation_group
			(update_id, group_no, agreement_id, agreement_version, owed_from, due_at, supplementary)
			VALUES (?, ?, ?, ?, ?, ?, ?)""";

	private final JdbcTemplate jdbc;

	private final LaterRows later;

	private final JdbcClient client;

	private final JsonMapper json;

	private final EventLog events;

	ObligationWriter(JdbcTemplate jdbc, LaterRows later, JdbcClient client, JsonMapper json, EventLog events) {
		this.jdbc = jdbc;
		this.later = later;
		this.client = client;
		this.json = json;
		this.events = events;
	}

	/**
	 * Writes the obligations of an update.
	 * @param publication the update
	 * @param members to whom it is owed
	 * @param about the instant by which the promises are put in order, the earliest first
	 * @param supplementary whether others were owed it before
	 * @return what has to be stamped in the same transaction
	 */
	public OwedUpdate write(Publication publication, List<Member> members, Instant about, boolean supplementary) {
		if (supplementary) {
			this.later.writeIfAbout(publication.noticeId());
		}
		List<OwedGroup> groups = groups(publication, members, about,
				supplementary ? nextGroup(publication.updateId()) : 1);
		List<Object[]> rows = new ArrayList<>(members.size());
		for (OwedGroup group : groups) {
			for (Owed owed : group.owed()) {
				rows.add(new Object[] { owed.obligationId(), publication.updateId(), publication.noticeId(),
						owed.clientId(), group.groupNo(), this.json.writeValueAsString(owed.endpointIds()) });
			}
		}
		if (rows.size() <= FEW) {
			this.later.add(publication.noticeId(), INSERT, rows);
		}
		else {
			this.jdbc.batchUpdate(INSERT, rows, BATCH, (statement, row) -> {
				for (int i = 0; i < row.length; i++) {
					statement.setObject(i + 1, row[i]);
				}
			});
		}
		return new OwedUpdate(publication, groups);
	}

	/**
	 * States the instants and appends the events, the earliest due first.
	 * @param owed what was written in this transaction
	 * @param publishedAt when the update was said
	 * @param owedFrom when the budgets start: at the publication, unless the client's
	 * right was recorded later
	 * @param supplementary whether the publication is in the past
	 * @param now the event's time
	 */
	public void stamp(OwedUpdate owed, Instant publishedAt, Instant owedFrom, boolean supplementary, Instant now) {
		Publication publication = owed.publication();
		for (OwedGroup group : owed.groups()) {
			AgreementTerms agreement = group.agreement();
			Instant dueAt = group.dueAt(owedFrom);
			this.later.add(publication.noticeId(), INSERT_GROUP,
					List.<@Nullable Object[]>of(new @Nullable Object[] { publication.updateId(), group.groupNo(),
							(agreement != null) ? agreement.agreementId() : null,
							(agreement != null) ? agreement.version() : null, DatabaseTime.toColumn(owedFrom),
							DatabaseTime.toNullableColumn(dueAt), supplementary }));
			for (int from = 0; from < group.owed().size(); from += UpdateOwed.MAX_OWED) {
				List<Owed> page = group.owed()
					.subList(from, Math.min(from + UpdateOwed.MAX_OWED, group.owed().size()))
					.stream()
					.map((one) -> new Owed(one.obligationId(), one.clientId(), one.endpointIds(), owedFrom))
					.toList();
				NewEvent event = new NewEvent(UpdateOwed.TYPE, publication.noticeId(), now,
						new UpdateOwed(publication.noticeId(), publication.updateId(), publishedAt, publication.drill(),
								supplementary, agreement, dueAt, page));
				this.events.append((supplementary) ? event.restampable() : event);
			}
		}
	}

	/**
	 * The promises of an audience, put together as a publication would.
	 */
	static List<OwedGroup> groups(Publication publication, List<Member> members, Instant about, int firstGroup) {
		Map<GroupKey, List<Member>> byAgreement = new LinkedHashMap<>();
		for (Member member : members) {
			byAgreement.computeIfAbsent(GroupKey.of(member.agreement()), (key) -> new ArrayList<>()).add(member);
		}
		List<OwedGroup> unordered = new ArrayList<>();
		for (List<Member> group : byAgreement.values()) {
			AgreementTerms agreement = group.getFirst().agreement();
			unordered.add(
					new OwedGroup(0, agreement, OwedGroup.target(agreement, publication.kind(), publication.severity()),
							group.stream()
								.map((member) -> new Owed("", member.clientId(), member.endpointIds(), about))
								.toList()));
		}
		unordered.sort(Comparator.comparing((group) -> Objects.requireNonNullElse(group.dueAt(about), Instant.MAX)));
		List<OwedGroup> groups = new ArrayList<>(unordered.size());
		for (OwedGroup group : unordered) {
			// Identifiers ascend, so a list of obligations by identifier is one by
			// urgency.
			groups.add(new OwedGroup(firstGroup + groups.size(), group.agreement(), group.target(),
					group.owed()
						.stream()
						.map((owed) -> new Owed(Ids.next("obl"), owed.clientId(), owed.endpointIds(), about))
						.toList()));
		}
		return groups;
	}

	private int nextGroup(String updateId) {
		return this.client.sql("SELECT COALESCE(MAX(group_no), 0) + 1 FROM obligation_group WHERE update_id = ?")
			.param(updateId)
			.query(Integer.class)
			.single();
	}

	/**
	 * What makes two clients' promises the same.
	 */
	private record GroupKey(@Nullable String agreementId, int version) {

		static GroupKey of(@Nullable AgreementTerms agreement) {
			return (agreement != null) ? new GroupKey(agreement.agreementId(), agreement.version())
					: new GroupKey(null, 0);
		}

	}

}
