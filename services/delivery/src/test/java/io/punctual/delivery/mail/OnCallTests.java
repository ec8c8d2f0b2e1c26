package io.punctual.delivery.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.delivery.Receiver;
import io.punctual.delivery.World;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.EscalationsChanged;
import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.OnCallChanged;
import io.punctual.shared.id.Ids;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.scheduling.config.Task;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever is on call is told of escalations by webhook and by mail.
 */
class OnCallTests extends MailTest {

	@Autowired
	private HealthIndicator onCallHealthIndicator;

	@BeforeEach
	void nobodyIsOnCall() {
		nobodyIs();
	}

	@Test
	void bothAreToldOnceAndAWebhookThatFailsIsTriedAgain() throws Exception {
		try (Receiver pager = new Receiver()) {
			int[] answered = { 0 };
			pager.answering((message) -> Receiver.Answer.of((answered[0]++ == 0) ? 503 : 204));
			String client = onCall(pager);
			this.world.contact(client, "night@provider.example");
			EscalationsChanged opened = opened(23);
			this.world.tell("sla", EscalationsChanged.OPENED, opened);
			await(() -> pager.messages().size() == 2);
			await(() -> server.mailsTo("night@provider.example").length == 1);
			Receiver.Message last = pager.messages().getLast();
			assertThat(last.isSignedBy(World.SECRET)).isTrue();
			assertThat(last.header("webhook-id")).isEqualTo(pager.messages().getFirst().header("webhook-id"));
			assertThat(last.body()).isEqualTo(pager.messages().getFirst().body());
			JsonNode body = this.json.readTree(last.body());
			assertThat(body.get("type").asString()).isEqualTo("escalation.opened");
			assertThat(body.at("/data/noticeId").asString()).isEqualTo(opened.noticeId());
			assertThat(body.at("/data/state").asString()).isEqualTo("ESCALATED");
			assertThat(body.at("/data/title").asString()).isEqualTo("delivery at risk for Client 0 and 22 more");
			assertThat(body.at("/data/text").asString()).contains("Nothing has arrived: answered 500.",
					opened.items().getFirst().escalationId(), "and 3 more");
			MimeMessage mail = server.mailsTo("night@provider.example")[0];
			assertThat(mail.getSubject())
				.isEqualTo("[Drill] [CRITICAL] delivery at risk for Client 0 and 22 more: ESCALATED");
			assertThat(GreenMailUtil.getBody(mail)).contains("Client 19");
			await(() -> satisfied(client) == 1);
		}
	}

	@Test
	void anAlertIsOpenedAndClosedByTheEscalationsId() throws Exception {
		try (Receiver pager = new Receiver()) {
			String client = onCall(pager);
			this.world.contact(client, "pair@provider.example");
			EscalationsChanged opened = opened(2);
			this.world.tell("sla", EscalationsChanged.OPENED, opened);
			this.world.tell("sla", EscalationsChanged.ACKNOWLEDGED, later(opened, opened.items(), "ada", "On it"));
			this.world.tell("sla", EscalationsChanged.RESOLVED,
					later(opened, opened.items().subList(0, 1), null, "What was promised has happened, too late."));
			await(() -> pager.messages().size() == 3);
			// A pager's alerts by what it is told to pair them by, as its webhook does
			// it.
			Map<String, String> alerts = new LinkedHashMap<>();
			for (Receiver.Message message : pager.messages()) {
				assertThat(message.isSignedBy(World.SECRET)).isTrue();
				JsonNode body = this.json.readTree(message.body());
				body.at("/data/escalations")
					.forEach((one) -> alerts.put(one.get("escalationId").asString(), body.get("type").asString()));
			}
			assertThat(alerts).containsExactly(
					Map.entry(opened.items().getFirst().escalationId(), "escalation.resolved"),
					Map.entry(opened.items().getLast().escalationId(), "escalation.acknowledged"));
			JsonNode first = this.json.readTree(pager.messages().getFirst().body()).at("/data/escalations/0");
			assertThat(first.get("href").asString())
				.isEqualTo("/v1/escalations/" + opened.items().getFirst().escalationId());
			assertThat(first.get("objective").asString()).isEqualTo("DELIVERY");
			JsonNode last = this.json.readTree(pager.messages().getLast().body());
			assertThat(last.at("/data/state").asString()).isEqualTo("ESCALATION_RESOLVED");
			assertThat(last.at("/data/title").asString()).isEqualTo("Resolved: delivery at risk for Client 0");
			assertThat(last.at("/data/noticeId").asString()).isEqualTo(opened.noticeId());
			await(() -> server.mailsTo("pair@provider.example").length == 3);
			MimeMessage acknowledged = server.mailsTo("pair@provider.example")[1];
			assertThat(GreenMailUtil.getBody(acknowledged)).contains("Somebody (ada) looks at promises", "On it");
		}
	}

	@Test
	void whoeverWasCalledTwoDaysAgoIsStillToldOfTheEndButNobodyIsCalled() {
		try (Receiver pager = new Receiver()) {
			onCall(pager);
			EscalationsChanged changed = opened(1);
			Instant at = Instant.now().minus(Duration.ofDays(2));
			this.world.tell("sla", EscalationsChanged.OPENED, changed, at);
			this.world.tell("sla", EscalationsChanged.ACKNOWLEDGED, changed, at);
			this.world.tell("sla", EscalationsChanged.RESOLVED, changed, at);
			await(() -> !pager.messages().isEmpty());
			assertThat(pager.messages()).singleElement()
				.satisfies((message) -> assertThat(message.body()).startsWith("{\"type\":\"escalation.resolved\""));
		}
	}

	@Test
	void whereNobodyIsOnCallNobodyIsToldAndHealthSaysSo() {
		long before = this.jdbc.sql("SELECT COUNT(*) FROM delivery").query(Long.class).single();
		this.world.tell("sla", EscalationsChanged.OPENED, opened(1));
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM delivery").query(Long.class).single()).isEqualTo(before);
		assertThat(String.valueOf(this.onCallHealthIndicator.health())).contains("UNKNOWN", "nobody is told");
	}

	@Test
	void healthAndAMeterSayHowManyAreTold(@Autowired MeterRegistry meters, @Autowired List<ScheduledTaskHolder> tasks) {
		try (Receiver pager = new Receiver()) {
			String client = onCall(pager);
			this.world.contact(client, "day@provider.example");
			assertThat(String.valueOf(this.onCallHealthIndicator.health())).contains("UP", client);
			assertThat(measured(meters, tasks)).isEqualTo(2);
			nobodyIs();
			assertThat(measured(meters, tasks)).isZero();
		}
	}

	/** Its filter keeps escalations out: to count it would say that somebody is told. */
	@Test
	void aContactThatTakesNoCriticalIncidentsIsNobody(@Autowired MeterRegistry meters,
			@Autowired List<ScheduledTaskHolder> tasks) {
		String client = this.world.client();
		this.world.tell("clients", OnCallChanged.TYPE, new OnCallChanged(client));
		this.world.contact(client, "news@provider.example", 1,
				new NoticeFilter(Set.of(NoticeKind.RELEASE), Set.of(), Set.of()));
		assertThat(measured(meters, tasks)).isZero();
		this.world.contact(client, "night@provider.example");
		assertThat(measured(meters, tasks)).isEqualTo(1);
	}

	/** What is measured every fifteen seconds, now. */
	private static double measured(MeterRegistry meters, List<ScheduledTaskHolder> tasks) {
		List<Task> measuring = tasks.stream()
			.flatMap((holder) -> holder.getScheduledTasks().stream())
			.map(ScheduledTask::getTask)
			.filter((task) -> task.toString().endsWith("OnCallHealthIndicator.measure"))
			.toList();
		assertThat(measuring).hasSize(1);
		measuring.getFirst().getRunnable().run();
		return meters.get("punctual.oncall.targets").gauge().value();
	}

	private String onCall(Receiver pager) {
		String client = this.world.client();
		this.world.endpoint(client, pager.url("/pager"));
		this.world.tell("clients", OnCallChanged.TYPE, new OnCallChanged(client));
		return client;
	}

	private void nobodyIs() {
		this.world.tell("clients", OnCallChanged.TYPE, new OnCallChanged(null));
	}

	private long satisfied(String client) {
		return this.jdbc.sql("SELECT COUNT(*) FROM obligation WHERE client_id = ? AND satisfied_at IS NOT NULL")
			.param(client)
			.query(Long.class)
			.single();
	}

	private static EscalationsChanged opened(int count) {
		return new EscalationsChanged(Ids.next("not"), Objective.DELIVERY, true, Instant.now(), null, null, IntStream
			.range(0, count)
			.mapToObj((number) -> new EscalationsChanged.Item(Ids.next("esc"), Ids.next("clk"), Ids.next("cli"),
					"Client " + number, "AT_RISK", "Nothing has arrived: answered 500.", Instant.now().plusSeconds(60)))
			.toList());
	}

	private static EscalationsChanged later(EscalationsChanged opened, List<EscalationsChanged.Item> items,
			@Nullable String by, String note) {
		return new EscalationsChanged(opened.noticeId(), opened.objective(), opened.drill(), Instant.now(), by, note,
				items);
	}

}
