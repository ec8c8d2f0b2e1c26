package io.punctual.local.launcher.demo;

import java.util.Properties;

import io.punctual.local.launcher.MailCatcher;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InboxTests {

	@Test
	void seesItsOwnMailsEachOnce() throws Exception {
		try (MailCatcher catcher = new MailCatcher(0, 0)) {
			send(catcher, "<one@punctual.example>", "ada@bank.example");
			send(catcher, "<one@punctual.example>", "ada@bank.example");
			send(catcher, "<two@punctual.example>", "ada@bank.example");
			send(catcher, "<three@punctual.example>", "bob@bank.example");
			String url = "http://127.0.0.1:" + catcher.port();
			assertThat(received(url, "ada@bank.example")).as("the same mail twice is one").isEqualTo(2);
			assertThat(received(url, "bob@bank.example")).isEqualTo(1);
			assertThat(received(url, "eve@bank.example")).isZero();
		}
	}

	private static int received(String catcher, String address) {
		try (Inbox inbox = new Inbox(catcher, address)) {
			return inbox.received();
		}
	}

	private static void send(MailCatcher catcher, String name, String to) throws Exception {
		Properties properties = new Properties();
		properties.put("mail.smtp.host", "127.0.0.1");
		properties.put("mail.smtp.port", String.valueOf(catcher.smtpPort()));
		MimeMessage mail = new MimeMessage(Session.getInstance(properties)) {

			@Override
			protected void updateMessageID() throws jakarta.mail.MessagingException {
				setHeader("Message-ID", name);
			}

		};
		mail.setFrom("updates@punctual.example");
		mail.setRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress(to));
		mail.setSubject("Subject");
		mail.setText("Text");
		Transport.send(mail);
	}

}
