package io.punctual.delivery.mail;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.delivery.webhook.WebhookBody;
import io.punctual.shared.contract.UpdatePublished;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.web.util.HtmlUtils;

/**
 * An update as a mail: plain text, the same as simple HTML, and a link to acknowledge.
 *
 * @param deliveryId names the message: the same at every attempt
 * @param update what was said
 * @param dueAt by when it was promised
 * @param link where it is acknowledged
 * @param correlationId by which its way can be followed
 */
record UpdateMail(String deliveryId, UpdatePublished update, @Nullable Instant dueAt, String link,
		String correlationId) {

	/** What the evidence's hash is of: the text, which is the same at every attempt. */
	byte[] bytes() {
		return text().getBytes(StandardCharsets.UTF_8);
	}

	void writeTo(MimeMessage message, String to, MailProperties properties) throws MessagingException {
		MimeMessageHelper helper = new MimeMessageHelper(message, MimeMessageHelper.MULTIPART_MODE_MIXED_RELATED,
				StandardCharsets.UTF_8.name());
		helper.setFrom(properties.from());
		helper.setTo(to);
		helper.setSubject(subject());
		helper.setText(text(), html());
		String domain = properties.domain();
		message.setHeader("Message-ID", "<" + this.deliveryId + "@" + domain + ">");
		// The updates of a notice are one conversation.
		message.setHeader("References", "<" + this.update.noticeId() + "@" + domain + ">");
		message.setHeader("List-Id", "Updates <updates." + domain + ">");
		message.setHeader("Auto-Submitted", "auto-generated");
		message.setHeader("X-Auto-Response-Suppress", "All");
		message.setHeader("X-Correlation-Id", this.correlationId);
	}

	private String subject() {
		String title = this.update.title().replaceAll("\\s+", " ").strip();
		if (isStatement()) {
			return title;
		}
		return (this.update.drill() ? "[Drill] " : "") + "[" + this.update.severity() + "] " + title + ": "
				+ this.update.state();
	}

	String text() {
		StringBuilder text = new StringBuilder(this.update.text().strip()).append("\n\n");
		facts(text);
		text.append("\nAcknowledge: ").append(this.link).append('\n');
		return text.toString();
	}

	/** Its words say all of it; it has no notice to speak of. */
	private boolean isStatement() {
		return WebhookBody.STATED.equals(this.update.state());
	}

	private void facts(StringBuilder text) {
		if (isStatement()) {
			return;
		}
		text.append("Notice: ").append(this.update.title()).append('\n');
		text.append("State: ").append(this.update.state()).append(" (update ").append(this.update.seq()).append(")\n");
		MaintenanceWindow window = this.update.window();
		if (window != null) {
			text.append("Window: ")
				.append(window.start().truncatedTo(ChronoUnit.SECONDS))
				.append(" to ")
				.append(window.end().truncatedTo(ChronoUnit.SECONDS))
				.append('\n');
		}
		text.append("Published: ").append(this.update.publishedAt().truncatedTo(ChronoUnit.SECONDS)).append('\n');
		if (this.dueAt != null) {
			text.append("Promised by: ").append(this.dueAt.truncatedTo(ChronoUnit.SECONDS)).append('\n');
		}
	}

	private String html() {
		StringBuilder facts = new StringBuilder();
		facts(facts);
		return "<!DOCTYPE html><html><body><p>" + lines(this.update.text().strip()) + "</p><p>"
				+ lines(facts.toString()) + "</p><p><a href=\"" + HtmlUtils.htmlEscape(this.link)
				+ "\">Acknowledge</a></p></body></html>";
	}

	private static String lines(String text) {
		return HtmlUtils.htmlEscape(text).replace("\n", "<br>");
	}

}
