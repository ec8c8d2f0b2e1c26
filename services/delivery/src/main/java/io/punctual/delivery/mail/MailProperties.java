package io.punctual.delivery.mail;

import java.net.URI;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails are written. Where they go to is {@code spring.mail} or {@code punctual.ses};
 * without a {@code spring.mail.host} or a configuration set of SES there is no mail.
 *
 * @param from the address that they come from
 * @param link where a mail's link leads, without the token that is appended: the public
 * address of {@code /v1/acknowledgements}
 */
@ConfigurationProperties("punctual.mail")
public record MailProperties(@DefaultValue("updates@punctual.example") String from,
		@DefaultValue("http://localhost:8080/v1/acknowledgements") URI link) {

	/** The domain of the sender, under which messages are named. */
	String domain() {
		return this.from.substring(this.from.lastIndexOf('@') + 1).replace(">", "");
	}

}
