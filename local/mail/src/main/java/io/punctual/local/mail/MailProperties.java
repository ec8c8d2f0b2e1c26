package io.punctual.local.mail;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where mail is caught.
 *
 * @param smtpAddress the address it listens on
 * @param smtpPort the port it listens on; 0 for any that is free
 * @param kept how many mails are kept, the newest; at least one
 */
@ConfigurationProperties("punctual.mail")
record MailProperties(@DefaultValue("127.0.0.1") String smtpAddress, @DefaultValue("3025") int smtpPort,
		@DefaultValue("1000") int kept) {
}
