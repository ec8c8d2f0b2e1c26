package io.punctual.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.punctual.shared.calendar.CalendarDefinition;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.ContactUpserted;
import io.punctual.shared.contract.EndpointUpserted;
import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.id.Ids;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.Instance;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stands in for the other services: tells this one of clients and publications.
 */
public final class World {

	public static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	private static final AtomicLong POSITIONS = new AtomicLong();

	private final List<EventSubscriber> subscribers;

	private final Transactions transactions;

	private final SecretBox box;

	private final JsonMapper json;

	private final JdbcClient jdbc;

	private final DeliveryClock clock;

	private String text = "A text";

	public World(List<EventSubscriber> subscribers, Transactions transactions, SecretBox box, JsonMapper json,
			JdbcClient jdbc, DeliveryClock clock) {
		this.subscribers = subscribers;
		this.transactions = transactions;
		this.box = box;
		this.json = json;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** The world as one instance of the service hears of it. */
	static World of(Instance service) {
		return new World(service.context().getBeanProvider(EventSubscriber.class).orderedStream().toList(),
				service.bean(Transactions.class), service.bean(SecretBox.class), service.bean(JsonMapper.class),
				service.bean(JdbcClient.class), service.bean(DeliveryClock.class));
	}

	/** A key that opens nothing but what the tests seal. */
	public static void writeKeyFile() {
		writeKeyFile("target/test-secrets.key", new byte[32]);
	}

	static void writeKeyFile(String path, byte[] key) {
		try {
			Path file = Path.of(path);
			Files.deleteIfExists(file);
			Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			Files.writeString(file, "1=" + Base64.getEncoder().encodeToString(key) + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void tell(String source, String type, Object data) {
		tell(source, type, data, Instant.now());
	}

	/** What happened at some other time. */
	public void tell(String source, String type, Object data, Instant at) {
		tell(source, List.of(event(source, type, data, at)));
	}

	private Event event(String source, String type, Object data, Instant at) {
		return new Event(POSITIONS.incrementAndGet(), Ids.next("evt"), source, type, "subject", at, "cor-test",
				this.json.valueToTree(data));
	}

	private void tell(String source, List<Event> events) {
		EventSubscriber subscriber = this.subscribers.stream()
			.filter((one) -> one.source().equals(source) && one.types().contains(events.getFirst().type()))
			.findFirst()
			.orElseThrow();
		this.transactions.write(() -> subscriber.apply(events));
	}

	public String client() {
		String clientId = Ids.next("cli");
		tell("clients", ClientUpserted.TYPE,
				new ClientUpserted(clientId, clientId, "A client", ClientUpserted.State.ACTIVE, false));
		return clientId;
	}

	public String endpoint(String clientId, String url) {
		return endpoint(Ids.next("end"), clientId, url, EndpointUpserted.State.VERIFIED);
	}

	public String endpoint(String endpointId, String clientId, String url, EndpointUpserted.State state) {
		String secretId = Ids.next("sec");
		String sealed = this.box.seal(Base64.getDecoder().decode(SECRET.substring("whsec_".length())),
				endpointId + "/" + secretId);
		tell("clients", EndpointUpserted.TYPE, new EndpointUpserted(endpointId, clientId, url, state, NoticeFilter.ALL,
				1000, List.of(new EndpointUpserted.Secret(secretId, sealed, Instant.now(), null))));
		return endpointId;
	}

	public String contact(String clientId, String address, int level, NoticeFilter filter) {
		String contactId = Ids.next("con");
		byte[] key = contactId.substring(0, 16).repeat(2).getBytes(StandardCharsets.US_ASCII);
		tell("clients", ContactUpserted.TYPE, new ContactUpserted(contactId, clientId, level, filter,
				this.box.seal(this.json.writeValueAsBytes(new ContactUpserted.Mailbox(address, key)), contactId)));
		return contactId;
	}

	public String contact(String clientId, String address) {
		return contact(clientId, address, 1, NoticeFilter.ALL);
	}

	public Publication publish(String noticeId, Duration target, Map<String, List<String>> endpointsOfClients) {
		return publish(noticeId,
				terms(target,
						new AgreementTerms.Channels(List.of(AgreementTerms.Channel.WEBHOOK), AgreementTerms.Rule.ANY)),
				target, endpointsOfClients);
	}

	/** The text of what is published from now on. */
	public void says(String text) {
		this.text = text;
	}

	/** Owed to one client that may have endpoints, by the channels that are given. */
	public String owe(String clientId, AgreementTerms.Channels channels, String... endpointIds) {
		Duration target = Duration.ofMinutes(5);
		return publish(Ids.next("not"), terms(target, channels), target, Map.of(clientId, List.of(endpointIds))).owed()
			.getFirst()
			.obligationId();
	}

	private Publication publish(String noticeId, AgreementTerms terms, Duration target,
			Map<String, List<String>> endpointsOfClients) {
		String updateId = Ids.next("upd");
		Instant now = this.clock.now();
		List<UpdateOwed.Owed> owed = new ArrayList<>();
		endpointsOfClients.forEach(
				(clientId, endpointIds) -> owed.add(new UpdateOwed.Owed(Ids.next("obl"), clientId, endpointIds, now)));
		UpdatePublished update = new UpdatePublished(noticeId, updateId, 1, NoticeKind.INCIDENT, "INVESTIGATING",
				Severity.CRITICAL, "A title", this.text, List.of(), List.of(), null, now, null, false, false, 1);
		UpdateOwed page = new UpdateOwed(noticeId, updateId, now, false, false, terms, now.plus(target), owed);
		tell("notices", List.of(event("notices", UpdatePublished.TYPE, update, now),
				event("notices", UpdateOwed.TYPE, page, now)));
		return new Publication(updateId, owed, now);
	}

	private static AgreementTerms terms(Duration target, AgreementTerms.Channels channels) {
		Map<String, List<String>> weekly = Map.of("MON", List.of("00:00-24:00"), "TUE", List.of("00:00-24:00"), "WED",
				List.of("00:00-24:00"), "THU", List.of("00:00-24:00"), "FRI", List.of("00:00-24:00"), "SAT",
				List.of("00:00-24:00"), "SUN", List.of("00:00-24:00"));
		return new AgreementTerms("agr_1", 1, "Terms",
				new AgreementTerms.Calendar("cal_1", 1, new CalendarDefinition("UTC", weekly, Map.of())), channels,
				List.of(new AgreementTerms.Target(AgreementTerms.Objective.DELIVERY, null, null, target)), true);
	}

	public @Nullable String stateOf(String obligationId, String endpointId) {
		return this.jdbc.sql("SELECT state FROM delivery WHERE obligation_id = ? AND endpoint_id = ?")
			.params(obligationId, endpointId)
			.query(String.class)
			.optional()
			.orElse(null);
	}

	/** Whether an obligation is kept, and the log says so. */
	public boolean isSatisfied(String obligationId) {
		return count("SELECT COUNT(*) FROM obligation WHERE obligation_id = ? AND satisfied_at IS NOT NULL",
				obligationId) == 1
				&& count("SELECT COUNT(*) FROM event_log WHERE type = 'deliveries.settled' AND data LIKE ? "
						+ "AND data LIKE '%obligationSatisfiedAt%'", "%" + obligationId + "%") >= 1;
	}

	public String deliveryOf(String obligationId) {
		return this.jdbc.sql("SELECT delivery_id FROM delivery WHERE obligation_id = ?")
			.param(obligationId)
			.query((row, number) -> row.getString(1))
			.single();
	}

	public String text(String sql, Object... parameters) {
		return this.jdbc.sql(sql).params(parameters).query(String.class).single();
	}

	public long count(String sql, Object... parameters) {
		return this.jdbc.sql(sql).params(parameters).query(Long.class).single();
	}

	public void sql(String sql, Object... parameters) {
		this.jdbc.sql(sql).params(parameters).update();
	}

	public record Publication(String updateId, List<UpdateOwed.Owed> owed, Instant at) {
	}

}
