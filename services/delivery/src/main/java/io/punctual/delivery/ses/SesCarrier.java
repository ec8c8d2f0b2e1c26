package io.punctual.delivery.ses;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import io.punctual.delivery.mail.CarrierException;
import io.punctual.delivery.mail.MailCarrier;
import io.punctual.shared.contract.DeliveriesFailing.Side;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailResponse;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/**
 * Hands mails to SES by its API, with the rights of the task. What it refuses is ours: it
 * knows nothing of mailboxes before it has tried them.
 */
class SesCarrier implements MailCarrier {

	/** The tags by which SES's events name the mail. */
	static final String DELIVERY = "delivery";

	static final String ATTEMPT = "attempt";

	private final SesV2Client ses;

	private final String configurationSet;

	SesCarrier(SesV2Client ses, String configurationSet) {
		this.ses = ses;
		this.configurationSet = configurationSet;
	}

	@Override
	public Receipt carry(MimeMessage message, String deliveryId, String attemptId) {
		try {
			SendEmailResponse response = this.ses.sendEmail(request(message, deliveryId, attemptId));
			return new Receipt(response.sdkHttpResponse().statusCode(), response.messageId());
		}
		catch (SesV2Exception ex) {
			// Without its words: they repeat addresses.
			throw new CarrierException(ex.statusCode(), "the mail service answered " + ex.awsErrorDetails().errorCode(),
					Side.PROVIDER, ex);
		}
		catch (SdkException ex) {
			throw new CarrierException(null, "the mail service cannot be reached", Side.PROVIDER, ex);
		}
		catch (MessagingException | IOException ex) {
			throw new CarrierException(null, "the mail could not be written", Side.PROVIDER, ex);
		}
	}

	private SendEmailRequest request(MimeMessage message, String deliveryId, String attemptId)
			throws MessagingException, IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		message.writeTo(bytes);
		List<String> to = Arrays.stream(message.getAllRecipients()).map(Address::toString).toList();
		return SendEmailRequest.builder()
			.fromEmailAddress(message.getFrom()[0].toString())
			.destination((destination) -> destination.toAddresses(to))
			.content((content) -> content.raw((raw) -> raw.data(SdkBytes.fromByteArray(bytes.toByteArray()))))
			.configurationSetName(this.configurationSet)
			.emailTags(tag(DELIVERY, deliveryId), tag(ATTEMPT, attemptId))
			.build();
	}

	private static MessageTag tag(String name, String value) {
		return MessageTag.builder().name(name).value(value).build();
	}

}
