package io.punctual.delivery.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.punctual.delivery.endpoint.OnCall;
import io.punctual.delivery.webhook.WebhookBody;
import io.punctual.shared.calendar.CalendarDefinition;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Channel;
import io.punctual.shared.contract.AgreementTerms.Rule;
import io.punctual.shared.contract.EscalationsChanged;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.id.Ids;

/**
 * Escalations as an update to whoever is on call.
 */
record EscalationUpdate(UpdatePublished published) {

	/** By when somebody has to be told: what orders it among all that is to be sent. */
	private static final Duration TARGET = Duration.ofMinutes(5);

	/** So many are named, the rest is counted. */
	private static final int NAMED = 20;

	private static final CalendarDefinition ALWAYS = new CalendarDefinition("Etc/UTC",
			Stream.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
				.collect(Collectors.toMap((day) -> day, (day) -> List.of("00:00-24:00"))),
			Map.of());

	static EscalationUpdate of(EscalationsChanged opened, Instant now) {
		return new EscalationUpdate(new UpdatePublished(opened.noticeId(), Ids.next("upd"), 1, NoticeKind.INCIDENT,
				WebhookBody.ESCALATED, Severity.CRITICAL, title(opened), text(opened), List.of(), List.of(), null, now,
				null, opened.drill(), false, 0));
	}

	UpdateOwed owedTo(OnCall.Reachable onCall) {
		List<Channel> channels = new ArrayList<>();
		if (!onCall.webhooks().isEmpty()) {
			channels.add(Channel.WEBHOOK);
		}
		if (!onCall.contacts().isEmpty()) {
			channels.add(Channel.MAIL);
		}
		Instant now = this.published.publishedAt();
		AgreementTerms terms = new AgreementTerms("on-call", 1, "On call",
				new AgreementTerms.Calendar("on-call", 1, ALWAYS), new AgreementTerms.Channels(channels, Rule.ALL),
				List.of(), false);
		return new UpdateOwed(this.published.noticeId(), this.published.updateId(), now, this.published.drill(), false,
				terms, now.plus(TARGET),
				List.of(new UpdateOwed.Owed(Ids.next("obl"), onCall.clientId(), onCall.webhooks(), now)));
	}

	private static String title(EscalationsChanged opened) {
		EscalationsChanged.Item first = opened.items().getFirst();
		int others = opened.items().size() - 1;
		return words(opened.objective().name()) + " " + words(first.openedFor()) + " for " + first.clientName()
				+ ((others > 0) ? " and " + others + " more" : "");
	}

	private static String text(EscalationsChanged opened) {
		StringBuilder text = new StringBuilder("Promises about ").append(opened.noticeId())
			.append(" need somebody to look at them.\n");
		opened.items()
			.stream()
			.limit(NAMED)
			.forEach((item) -> text.append("\n")
				.append(item.clientName())
				.append(": ")
				.append(item.reason())
				.append(" Promised by ")
				.append(item.dueAt().truncatedTo(ChronoUnit.SECONDS))
				.append(". ")
				.append(item.escalationId()));
		if (opened.items().size() > NAMED) {
			text.append("\nand ").append(opened.items().size() - NAMED).append(" more");
		}
		return text.append("\n\nAll of them: GET /v1/escalations?state=OPEN&notice=")
			.append(opened.noticeId())
			.toString();
	}

	private static String words(String constant) {
		return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
	}

}
