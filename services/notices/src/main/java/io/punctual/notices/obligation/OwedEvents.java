package io.punctual.notices.obligation;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

import io.punctual.notices.audience.Audiences;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdateOwed.Owed;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells again, from what is stored, to whom an update is owed.
 */
@Component
public class OwedEvents {

	private final JdbcClient jdbc;

	private final Audiences audiences;

	private final JsonMapper json;

	OwedEvents(JdbcClient jdbc, Audiences audiences, JsonMapper json) {
		this.jdbc = jdbc;
		this.audiences = audiences;
		this.json = json;
	}

	/**
	 * The events that a publication has appended, and those that supplemented it.
	 * @param noticeId the notice
	 * @param updateId the update
	 * @param publishedAt when it was said
	 * @param drill whether it is an exercise
	 * @return pages of at most {@value UpdateOwed#MAX_OWED}
	 */
	public List<NewEvent> of(String noticeId, String updateId, Instant publishedAt, boolean drill) {
		List<NewEvent> events = new ArrayList<>();
		for (Group group : groups(updateId)) {
			List<Owed> owed = owed(updateId, group);
			for (int from = 0; from < owed.size(); from += UpdateOwed.MAX_OWED) {
				events.add(new NewEvent(UpdateOwed.TYPE, noticeId, publishedAt,
						new UpdateOwed(noticeId, updateId, publishedAt, drill, group.supplementary(), group.agreement(),
								group.dueAt(), owed.subList(from, Math.min(from + UpdateOwed.MAX_OWED, owed.size())))));
			}
		}
		return events;
	}

	private List<Group> groups(String updateId) {
		return this.jdbc.sql("SELECT * FROM obligation_group WHERE update_id = ? ORDER BY group_no")
			.param(updateId)
			.query((row, number) -> {
				String agreementId = row.getString("agreement_id");
				return new Group(row.getInt("group_no"),
						(agreementId != null) ? this.audiences.terms(agreementId, row.getInt("agreement_version"))
								: null,
						DatabaseTime.fromColumn(row.getObject("owed_from", LocalDateTime.class)),
						DatabaseTime.fromNullableColumn(row.getObject("due_at", LocalDateTime.class)),
						row.getBoolean("supplementary"));
			})
			.list();
	}

	private List<Owed> owed(String updateId, Group group) {
		return this.jdbc.sql("""
				SELECT obligation_id, client_id, endpoint_ids FROM obligation
				WHERE update_id = ? AND group_no = ? ORDER BY obligation_id""")
			.params(updateId, group.groupNo())
			.query((row, number) -> new Owed(row.getString(1), row.getString(2),
					List.of(this.json.readValue(row.getString(3), String[].class)), group.owedFrom()))
			.list();
	}

	private record Group(int groupNo, @Nullable AgreementTerms agreement, Instant owedFrom, @Nullable Instant dueAt,
			boolean supplementary) {
	}

}
