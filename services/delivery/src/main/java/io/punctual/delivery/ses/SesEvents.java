package io.punctual.delivery.ses;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

import io.punctual.delivery.mail.MailReport;
import io.punctual.delivery.mail.MailReport.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what SES publishes, as its developer guide says it ("Contents of event data that
 * Amazon SES publishes to Amazon SNS").
 */
class SesEvents {

	/** With this text SES tries a topic when it is named as a destination. */
	private static final String TRIAL = "Successfully validated SNS topic";

	private static final int LONGEST_STATUS = 60;

	private final JsonMapper json;

	SesEvents(JsonMapper json) {
		this.json = json;
	}

	/**
	 * Read a message.
	 * @param body what was in the queue
	 * @return what it says of a mail; nothing if it is not about one of this service's
	 * @throws RuntimeException if it cannot be understood
	 */
	Optional<MailReport> read(String body) {
		if (body.startsWith(TRIAL)) {
			return Optional.empty();
		}
		JsonNode event = this.json.readTree(body);
		String type = event.required("eventType").asString();
		return switch (type) {
			case "Delivery" -> report(event, "delivery", Kind.DELIVERED, (said) -> code(text(said, "smtpResponse")),
					(said) -> text(said, "smtpResponse"));
			case "Bounce" -> {
				boolean forGood = "Permanent".equals(text(event.required("bounce"), "bounceType"));
				yield report(event, "bounce", forGood ? Kind.BOUNCED : Kind.BOUNCED_FOR_NOW,
						(said) -> join(text(said, "bounceSubType"),
								text(recipient(said, "bouncedRecipients"), "status")),
						(said) -> text(recipient(said, "bouncedRecipients"), "diagnosticCode"));
			}
			case "Complaint" -> report(event, "complaint", Kind.COMPLAINED,
					(said) -> text(said, "complaintFeedbackType"), (said) -> null);
			case "Reject" -> report(event, "reject", Kind.REJECTED, (said) -> text(said, "reason"), (said) -> null);
			case "Rendering Failure", "RenderingFailure" ->
				report(event, "failure", Kind.REJECTED, (said) -> "rendering", (said) -> text(said, "errorMessage"));
			case "DeliveryDelay" -> report(event, "deliveryDelay", Kind.DELAYED, (said) -> text(said, "delayType"),
					(said) -> text(recipient(said, "delayedRecipients"), "diagnosticCode"));
			default -> Optional.empty();
		};
	}

	private static Optional<MailReport> report(JsonNode event, String member, Kind kind, Part status, Part answer) {
		JsonNode mail = event.required("mail");
		String deliveryId = tag(mail, SesCarrier.DELIVERY);
		String attemptId = tag(mail, SesCarrier.ATTEMPT);
		if (deliveryId == null || attemptId == null) {
			return Optional.empty();
		}
		JsonNode said = event.required(member);
		Instant sent = Instant.parse(mail.required("timestamp").asString());
		String at = text(said, "timestamp");
		String eventId = hash(String.join(" ", kind.name(), mail.required("messageId").asString(), String.valueOf(at),
				String.valueOf(text(said, "feedbackId"))));
		return Optional.of(new MailReport(eventId, kind, deliveryId, attemptId, sent,
				(at != null) ? Instant.parse(at) : sent, ascii(status.of(said)), answer.of(said)));
	}

	private static @Nullable String tag(JsonNode mail, String name) {
		return text(mail.path("tags").path(name), 0);
	}

	private static @Nullable String text(JsonNode node, int index) {
		return node.path(index).isString() ? node.path(index).asString() : null;
	}

	private static @Nullable String text(JsonNode node, String member) {
		return node.path(member).isString() ? node.path(member).asString() : null;
	}

	private static JsonNode recipient(JsonNode said, String member) {
		return said.path(member).path(0);
	}

	/** The code that a reply begins with. */
	private static @Nullable String code(@Nullable String reply) {
		return (reply != null && reply.matches("(?s)\\d{3}\\b.*")) ? reply.substring(0, 3) : null;
	}

	private static @Nullable String join(@Nullable String one, @Nullable String other) {
		return (one != null && other != null) ? one + " " + other : (one != null) ? one : other;
	}

	private static @Nullable String ascii(@Nullable String text) {
		if (text == null) {
			return null;
		}
		String plain = text.replaceAll("[^ -~]", "?");
		return plain.substring(0, Math.min(LONGEST_STATUS, plain.length()));
	}

	private static String hash(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface Part {

		@Nullable String of(JsonNode said);

	}

}
