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

	/**
	 * What somebody is told.
	 * @param type what happened to the escalations
	 */
	static EscalationUpdate of(String type, EscalationsChanged changed, Instant now) {
		return new EscalationUpdate(new UpdatePublished(changed.noticeId(), Ids.next("upd"), 1, NoticeKind.INCIDENT,
				state(type), Severity.CRITICAL, title(type, changed), text(type, changed), List.of(), List.of(), null,
				now, null, changed.drill(), false, 0));
	}

	private static String state(String type) {
		return switch (type) {
			case EscalationsChanged.ACKNOWLEDGED -> WebhookBody.LOOKED_AT;
			case EscalationsChanged.RESOLVED -> WebhookBody.OVER;
			default -> WebhookBody.ESCALATED;
		};
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

	private static String title(String type, EscalationsChanged changed) {
		EscalationsChanged.Item first = changed.items().getFirst();
		int others = changed.items().size() - 1;
		String what = words(changed.objective().name()) + " " + words(first.openedFor()) + " for " + first.clientName()
				+ ((others > 0) ? " and " + others + " more" : "");
		return switch (type) {
			case EscalationsChanged.ACKNOWLEDGED -> "Acknowledged: " + what;
			case EscalationsChanged.RESOLVED -> "Resolved: " + what;
			default -> what;
		};
	}

	private static String text(String type, EscalationsChanged changed) {
		StringBuilder text = new StringBuilder(beginning(type, changed)).append('\n');
		changed.items()
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
		if (changed.items().size() > NAMED) {
			text.append("\nand ").append(changed.items().size() - NAMED).append(" more");
		}
		return text.append("\n\nAll of them: GET /v1/escalations?")
			.append(EscalationsChanged.OPENED.equals(type) ? "state=OPEN&" : "")
			.append("notice=")
			.append(changed.noticeId())
			.toString();
	}

	private static String beginning(String type, EscalationsChanged changed) {
		String about = "romises about " + changed.noticeId();
		String by = (changed.by() != null) ? " (" + changed.by() + ")" : "";
		String note = (changed.note() != null) ? ": " + changed.note() : ".";
		return switch (type) {
			case EscalationsChanged.ACKNOWLEDGED -> "Somebody" + by + " looks at p" + about + note;
			case EscalationsChanged.RESOLVED -> "P" + about + " need nobody any more to look at them" + by + note;
			default -> "P" + about + " need somebody to look at them.";
		};
	}

	private static String words(String constant) {
		return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
	}

}
