package io.punctual.delivery.ses;

import java.time.Instant;

import io.punctual.delivery.ses.SesStandIn.Mail;

/**
 * What SES publishes, in the shape of the examples of its developer guide ("Examples of
 * event data that Amazon SES publishes to Amazon SNS").
 */
final class SesEventBodies {

	private SesEventBodies() {
	}

	static String delivery(Mail mail) {
		return event(mail, "Delivery", """
				"delivery": {"timestamp": "%s", "processingTimeMillis": 11893, "recipients": ["%s"],
				  "smtpResponse": "250 2.6.0 Message received for <%s>", "remoteMtaIp": "192.0.2.7",
				  "reportingMTA": "mta.example.com"}""".formatted(now(), mail.to(), mail.to()));
	}

	static String bounce(Mail mail, String type, String subType, String status) {
		return event(mail, "Bounce", """
				"bounce": {"bounceType": "%s", "bounceSubType": "%s", "bouncedRecipients": [{"emailAddress": "%s",
				  "action": "failed", "status": "%s", "diagnosticCode": "smtp; 550 %s <%s> user unknown"}],
				  "timestamp": "%s", "feedbackId": "01000157c44f053b-%s", "reportingMTA": "dsn; mta.example.com"}"""
			.formatted(type, subType, mail.to(), status, status, mail.to(), now(), mail.messageId()));
	}

	static String complaint(Mail mail) {
		return event(mail, "Complaint", """
				"complaint": {"complainedRecipients": [{"emailAddress": "%s"}], "timestamp": "%s",
				  "feedbackId": "01000157c44f053c-%s", "userAgent": "Amazon SES Mailbox Simulator",
				  "complaintFeedbackType": "abuse", "arrivalDate": "%s"}""".formatted(mail.to(), now(),
				mail.messageId(), now()));
	}

	static String reject(Mail mail) {
		return event(mail, "Reject", "\"reject\": {\"reason\": \"Bad content\"}");
	}

	static String renderingFailure(Mail mail) {
		return event(mail, "Rendering Failure", """
				"failure": {"errorMessage": "Attribute 'name' is not present in the rendering data.",
				  "templateName": "Template"}""");
	}

	static String delay(Mail mail) {
		return event(mail, "DeliveryDelay", """
				"deliveryDelay": {"timestamp": "%s", "delayType": "TransientCommunicationFailure",
				  "expirationTime": "%s", "delayedRecipients": [{"emailAddress": "%s", "status": "4.4.1",
				  "diagnosticCode": "smtp; 421 4.4.1 Unable to connect to remote host"}]}""".formatted(now(),
				now().plusSeconds(50_000), mail.to()));
	}

	/** What SES publishes as it is given a topic. */
	static String trial() {
		return "Successfully validated SNS topic for Amazon SES event publishing.";
	}

	private static String event(Mail mail, String type, String said) {
		return """
				{"eventType": "%s", %s, "mail": {"timestamp": "%s", "source": "%s",
				  "sourceArn": "arn:aws:ses:eu-west-1:111122223333:identity/punctual.example",
				  "sendingAccountId": "111122223333", "messageId": "%s", "destination": ["%s"],
				  "headersTruncated": false, "headers": [{"name": "To", "value": "%s"}],
				  "commonHeaders": {"from": ["%s"], "to": ["%s"], "messageId": "%s", "subject": "Subject"},
				  "tags": {"ses:configuration-set": ["punctual"], "ses:from-domain": ["punctual.example"],
				  "ses:caller-identity": ["delivery"], "delivery": ["%s"], "attempt": ["%s"]}}}""".formatted(type, said,
				now(), mail.from(), mail.messageId(), mail.to(), mail.to(), mail.from(), mail.to(), mail.messageId(),
				mail.tag("delivery"), mail.tag("attempt"));
	}

	private static Instant now() {
		return Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
	}

}
