package io.punctual.delivery.endpoint;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.punctual.shared.contract.ContactRemoved;
import io.punctual.shared.contract.ContactUpserted;
import io.punctual.shared.contract.EndpointUpserted;
import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The endpoints and clients that this service knows of.
 */
@Repository
public class Endpoints {

	private static final TypeReference<List<EndpointUpserted.Secret>> SECRETS = new TypeReference<>() {
	};

	private static final int MAILS_PER_SECOND = 10;

	private static final String SELECT = """
			SELECT e.endpoint_id, e.client_id, e.url, e.state, e.rate_per_second, e.secrets,
			  e.channel, e.mailbox, e.ladder_level, e.notice_filter, e.stopped_reason, COALESCE(c.removed, FALSE) AS removed
			FROM endpoint e LEFT JOIN client c ON c.client_id = e.client_id\s""";

	private final JdbcClient jdbc;

	private final JsonMapper json;

	Endpoints(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	public @Nullable Endpoint find(String endpointId) {
		return find(List.of(endpointId)).get(endpointId);
	}

	public Map<String, Endpoint> find(Collection<String> endpointIds) {
		if (endpointIds.isEmpty()) {
			return Map.of();
		}
		Map<String, Endpoint> found = new HashMap<>();
		this.jdbc.sql(SELECT + "WHERE e.endpoint_id IN (:ids)")
			.param("ids", endpointIds)
			.query(this::map)
			.list()
			.forEach((endpoint) -> found.put(endpoint.endpointId(), endpoint));
		return found;
	}

	/** The verified endpoints of clients, those of removed ones excepted. */
	public List<Endpoint> verifiedOf(Collection<String> clientIds) {
		return reachable(clientIds, "WEBHOOK");
	}

	/** The contacts of clients, those of removed ones excepted. */
	public List<Endpoint> contactsOf(Collection<String> clientIds) {
		return reachable(clientIds, "MAIL");
	}

	private List<Endpoint> reachable(Collection<String> clientIds, String channel) {
		return this.jdbc.sql(SELECT + """
				WHERE e.client_id IN (:ids) AND e.channel = :channel AND e.state = 'VERIFIED'
				  AND e.stopped_reason IS NULL AND COALESCE(c.removed, FALSE) = FALSE""")
			.param("ids", clientIds)
			.param("channel", channel)
			.query(this::map)
			.list();
	}

	void saveClient(String clientId, boolean removed) {
		this.jdbc.sql("""
				INSERT INTO client (client_id, removed) VALUES (?, ?)
				ON DUPLICATE KEY UPDATE removed = VALUES(removed)""").params(clientId, removed).update();
	}

	void save(EndpointUpserted endpoint) {
		this.jdbc.sql("""
				INSERT INTO endpoint (endpoint_id, client_id, url, state, rate_per_second, secrets)
				VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE url = VALUES(url), state = VALUES(state),
				  rate_per_second = VALUES(rate_per_second), secrets = VALUES(secrets)""")
			.params(endpoint.endpointId(), endpoint.clientId(), endpoint.url(), endpoint.state().name(),
					endpoint.ratePerSecond(), this.json.writeValueAsString(endpoint.secrets()))
			.update();
		lookAgain(endpoint.endpointId(), endpoint.clientId());
	}

	void save(ContactUpserted contact) {
		this.jdbc
			.sql("""
					INSERT INTO endpoint (endpoint_id, client_id, url, state, rate_per_second, secrets, channel, mailbox,
					  ladder_level, notice_filter)
					VALUES (:id, :client, :url, 'VERIFIED', :rate, '[]', 'MAIL', :mailbox, :level, :filter)
					ON DUPLICATE KEY UPDATE stopped_reason = IF(mailbox <=> VALUES(mailbox), stopped_reason, NULL),
					  stopped_at = IF(mailbox <=> VALUES(mailbox), stopped_at, NULL), mailbox = VALUES(mailbox), ladder_level = VALUES(ladder_level),
					  notice_filter = VALUES(notice_filter)""")
			.param("id", contact.contactId())
			.param("client", contact.clientId())
			.param("url", "mailto:" + contact.contactId())
			.param("rate", MAILS_PER_SECOND)
			.param("mailbox", contact.mailbox())
			.param("level", contact.level())
			.param("filter", this.json.writeValueAsString(contact.filter()))
			.update();
		lookAgain(contact.contactId(), contact.clientId());
	}

	/** No more mail goes to a contact's address; what waits there is looked at again. */
	public void stop(Endpoint contact, String reason, Instant at) {
		this.jdbc.sql("""
				UPDATE endpoint SET stopped_reason = ?, stopped_at = ?
				WHERE endpoint_id = ? AND stopped_reason IS NULL""")
			.params(reason, DatabaseTime.toColumn(at), contact.endpointId())
			.update();
		lookAgain(contact.endpointId(), contact.clientId());
	}

	/** The address goes, and with it the key that opens it in the evidence. */
	void forget(ContactRemoved contact) {
		this.jdbc.sql("UPDATE endpoint SET state = 'GONE', mailbox = NULL WHERE endpoint_id = ?")
			.param(contact.contactId())
			.update();
		lookAgain(contact.contactId(), contact.clientId());
	}

	/** What waits there is looked at again: the endpoint may be verified now, or gone. */
	private void lookAgain(String endpointId, String clientId) {
		this.jdbc.sql("""
				INSERT INTO endpoint_queue (endpoint_id, client_id, state, earliest_due, wake)
				VALUES (?, ?, 'IDLE', UTC_TIMESTAMP(6), 0) ON DUPLICATE KEY UPDATE wake = wake + 1,
				  state = CASE WHEN state = 'WAITING' THEN 'READY' ELSE state END""")
			.params(endpointId, clientId)
			.update();
	}

	public void markGone(Collection<String> endpointIds) {
		this.jdbc.sql("UPDATE endpoint SET state = 'GONE' WHERE endpoint_id IN (:ids)")
			.param("ids", endpointIds)
			.update();
	}

	private Endpoint map(ResultSet row, int number) throws SQLException {
		return new Endpoint(row.getString("endpoint_id"), row.getString("client_id"), row.getString("url"),
				EndpointUpserted.State.valueOf(row.getString("state")), row.getInt("rate_per_second"),
				this.json.readValue(row.getString("secrets"), SECRETS), row.getBoolean("removed"), contact(row));
	}

	private Endpoint.@Nullable Contact contact(ResultSet row) throws SQLException {
		return "MAIL".equals(row.getString("channel")) ? new Endpoint.Contact(row.getString("mailbox"),
				row.getInt("ladder_level"), this.json.readValue(row.getString("notice_filter"), NoticeFilter.class),
				row.getString("stopped_reason")) : null;
	}

}
