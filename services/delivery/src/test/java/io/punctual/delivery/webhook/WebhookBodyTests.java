package io.punctual.delivery.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.EscalationsChanged;
import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdatePublished;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WebhookBodyTests {

	/** The golden bytes: a release that changes them breaks receivers and evidence. */
	private static final String GOLDEN = """
			{"type":"update.published","timestamp":"2017-02-28T18:49:00.123456Z","data":{"clientSeq":42,\
			"obligationId":"obl_1","noticeId":"not_1","updateId":"upd_1","seq":3,"kind":"INCIDENT",\
			"severity":"CRITICAL","state":"IDENTIFIED","title":"S3 \\"us-east-1\\"","text":"Störung 🚨",\
			"components":["cmp_1"],"impacts":[{"componentId":"cmp_1","level":"MAJOR"}],\
			"dueAt":"2017-02-28T18:50:00Z","drill":false,"closing":false}}""";

	@Test
	void isTheSameBytesInEveryRelease() {
		UpdatePublished update = new UpdatePublished("not_1", "upd_1", 3, NoticeKind.INCIDENT, "IDENTIFIED",
				Severity.CRITICAL, "S3 \"us-east-1\"", "Störung 🚨", List.of("cmp_1"),
				List.of(new Impact("cmp_1", ImpactLevel.MAJOR)), null, Instant.parse("2017-02-28T18:49:00.123456789Z"),
				null, false, false, 7);
		byte[] bytes = WebhookBody.of(update, "obl_1", 42, Instant.parse("2017-02-28T18:50:00Z")).toBytes();
		assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
	}

	@Test
	void saysWhenMaintenanceTakesPlace() {
		UpdatePublished update = new UpdatePublished("not_1", "upd_1", 3, NoticeKind.MAINTENANCE, "SCHEDULED",
				Severity.MINOR, "Disks", "Moved.", List.of("cmp_1"), List.of(new Impact("cmp_1", ImpactLevel.NONE)),
				null, Instant.parse("2026-03-01T10:00:00Z"), null, false, false, 7,
				new MaintenanceWindow(Instant.parse("2026-03-08T01:00:00Z"), Instant.parse("2026-03-08T03:30:00Z"), 1));
		assertThat(new String(WebhookBody.of(update, "obl_1", 42, null).toBytes(), StandardCharsets.UTF_8)).endsWith(
				"\"closing\":false,\"window\":{\"start\":\"2026-03-08T01:00:00Z\",\"end\":\"2026-03-08T03:30:00Z\",\"sequence\":1}}}");
	}

	@Test
	void saysWhichEscalationsItIsAbout() {
		UpdatePublished update = new UpdatePublished("not_1", "upd_1", 1, NoticeKind.INCIDENT, WebhookBody.ESCALATED,
				Severity.CRITICAL, "delivery at risk for Acme", "Look.", List.of(), List.of(), null,
				Instant.parse("2026-03-01T10:00:00Z"), null, false, false, 0);
		EscalationsChanged opened = new EscalationsChanged("not_1", Objective.DELIVERY, false,
				Instant.parse("2026-03-01T10:00:00Z"), null, null, List.of(new EscalationsChanged.Item("esc_1", "clk_1",
						"cli_1", "Acme", "AT_RISK", "Nothing.", Instant.parse("2026-03-01T10:05:00Z"))));
		String body = new String(WebhookBody.of(update, "obl_1", 42, null).about(opened).toBytes(),
				StandardCharsets.UTF_8);
		assertThat(body).startsWith("{\"type\":\"escalation.opened\",")
			.endsWith("\"closing\":false,\"escalations\":[{\"escalationId\":\"esc_1\",\"clockId\":\"clk_1\","
					+ "\"clientId\":\"cli_1\",\"clientName\":\"Acme\",\"objective\":\"DELIVERY\","
					+ "\"openedFor\":\"AT_RISK\",\"reason\":\"Nothing.\",\"dueAt\":\"2026-03-01T10:05:00Z\","
					+ "\"href\":\"/v1/escalations/esc_1\"}]}}");
	}

}
