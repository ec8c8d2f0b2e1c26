package io.punctual.local.mail;

import java.util.Properties;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mail goes in by SMTP and is read by HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "punctual.mail.smtp-port=0", "punctual.mail.kept=2" })
@AutoConfigureRestTestClient
class MailCatcherTests {

	@Autowired
	private MailCatcher catcher;

	@Autowired
	private RestTestClient http;

	@BeforeEach
	void forgetOthers() {
		this.http.delete().uri("/mails").exchange().expectStatus().isNoContent();
	}

	@Test
	void showsAMailToAnybody() throws MessagingException {
		send("ada@bank.example", "The database is back", "Since 14:02.");
		this.http.get()
			.uri("/mails?to=ada@bank.example")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(1)
			.jsonPath("$[0].subject")
			.isEqualTo("The database is back")
			.jsonPath("$[0].from")
			.isEqualTo("punctual@provider.example")
			.jsonPath("$[0].to[0]")
			.isEqualTo("ada@bank.example")
			.jsonPath("$[0].raw")
			.value(String.class, (raw) -> assertThat(raw).contains("Since 14:02."));
	}

	@Test
	void showsOnlyTheRecipientsMails() throws MessagingException {
		send("ada@bank.example", "One", "…");
		this.http.get().uri("/mails?to=bob@bank.example").exchange().expectBody().jsonPath("$.length()").isEqualTo(0);
	}

	@Test
	void keepsTheNewest() throws MessagingException {
		send("ada@bank.example", "One", "…");
		send("ada@bank.example", "Two", "…");
		send("ada@bank.example", "Three", "…");
		this.http.get()
			.uri("/mails")
			.exchange()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(2)
			.jsonPath("$[0].subject")
			.isEqualTo("Three")
			.jsonPath("$[1].subject")
			.isEqualTo("Two");
	}

	@Test
	void keepsNotMoreThanItHasRoomFor() throws MessagingException {
		send("ada@bank.example", "One", ("x".repeat(98) + "\r\n").repeat(60_000));
		send("ada@bank.example", "Two", ("x".repeat(98) + "\r\n").repeat(30_000));
		this.http.get()
			.uri("/mails")
			.exchange()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(1)
			.jsonPath("$[0].subject")
			.isEqualTo("Two");
	}

	@Test
	void isReadyOnlyWhileItTakesMail() {
		this.http.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
		this.catcher.stop();
		try {
			this.http.get().uri("/actuator/health/readiness").exchange().expectStatus().isEqualTo(503);
		}
		finally {
			this.catcher.start();
		}
	}

	private void send(String to, String subject, String text) throws MessagingException {
		Properties properties = new Properties();
		properties.setProperty("mail.smtp.host", "127.0.0.1");
		properties.setProperty("mail.smtp.port", String.valueOf(this.catcher.port()));
		MimeMessage message = new MimeMessage(Session.getInstance(properties));
		message.setFrom("punctual@provider.example");
		message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
		message.setSubject(subject);
		message.setText(text);
		Transport.send(message);
	}

}
