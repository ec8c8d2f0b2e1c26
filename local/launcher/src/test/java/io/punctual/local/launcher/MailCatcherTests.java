package io.punctual.local.launcher;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Properties;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class MailCatcherTests {

	@Test
	void theOldestMailsMakeRoomWhenAllAreTooLarge() throws Exception {
		try (MailCatcher catcher = new MailCatcher(0, 0)) {
			String megabyte = ("x".repeat(98) + "\r\n").repeat(10_000);
			for (int i = 0; i < 10; i++) {
				send(catcher, "Mail " + i, megabyte);
			}
			send(catcher, "Last", "short");
			assertThat(subjects(catcher)).containsExactly("Last", "Mail 9", "Mail 8", "Mail 7", "Mail 6", "Mail 5",
					"Mail 4", "Mail 3");
		}
	}

	@Test
	void aMailThatIsTooLargeByItselfIsShownUntilTheNext() throws Exception {
		try (MailCatcher catcher = new MailCatcher(0, 0)) {
			send(catcher, "Large", ("x".repeat(98) + "\r\n").repeat(90_000));
			assertThat(subjects(catcher)).containsExactly("Large");
			send(catcher, "Next", "short");
			assertThat(subjects(catcher)).containsExactly("Next");
		}
	}

	private static List<String> subjects(MailCatcher catcher) throws Exception {
		try (HttpClient http = HttpClient.newHttpClient()) {
			HttpRequest request = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:" + catcher.port() + "/mails?to=ada@bank.example"))
				.build();
			JsonNode mails = JsonMapper.shared()
				.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
			return mails.valueStream().map((mail) -> mail.path("subject").asString()).toList();
		}
	}

	private static void send(MailCatcher catcher, String subject, String text) throws Exception {
		Properties properties = new Properties();
		properties.put("mail.smtp.host", "127.0.0.1");
		properties.put("mail.smtp.port", String.valueOf(catcher.smtpPort()));
		MimeMessage mail = new MimeMessage(Session.getInstance(properties));
		mail.setFrom("updates@punctual.example");
		mail.setRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress("ada@bank.example"));
		mail.setSubject(subject);
		mail.setText(text);
		Transport.send(mail);
	}

}
