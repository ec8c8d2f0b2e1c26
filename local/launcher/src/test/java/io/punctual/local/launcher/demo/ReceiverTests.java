package io.punctual.local.launcher.demo;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;

import com.standardwebhooks.Webhook;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReceiverTests {

	private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

	@Test
	void takesWhatIsSignedAndRefusesWhatIsNot() throws Exception {
		try (Receiver receiver = new Receiver(Duration.ZERO, ReceiverHost.loopback())) {
			receiver.trust(SECRET);
			String body = "{\"type\":\"incident.update\",\"data\":{\"clientSeq\":1}}";
			assertThat(send(receiver, "upd_1", body, SECRET).statusCode()).isEqualTo(200);
			assertThat(send(receiver, "upd_1", body, SECRET).statusCode()).isEqualTo(200);
			assertThat(send(receiver, "upd_2", body, SECRET.replace("AAAA", "BBBB")).statusCode()).isEqualTo(401);
			assertThat(receiver.received()).isEqualTo(1);
			assertThat(receiver.forged()).isEqualTo(1);
		}
	}

	@Test
	void answersAChallengeWithItself() throws Exception {
		try (Receiver receiver = new Receiver(Duration.ofHours(1), ReceiverHost.loopback())) {
			receiver.trust(SECRET);
			String body = "{\"type\":\"endpoint.verification\",\"data\":{\"challenge\":\"abc\"}}";
			assertThat(send(receiver, "msg_1", body, SECRET).body()).contains("\"abc\"");
		}
	}

	@Test
	void failsForAWhile() throws Exception {
		try (Receiver receiver = new Receiver(Duration.ofMillis(300), ReceiverHost.loopback())) {
			receiver.trust(SECRET);
			String body = "{\"type\":\"incident.update\",\"data\":{\"clientSeq\":1}}";
			assertThat(send(receiver, "upd_1", body, SECRET).statusCode()).isEqualTo(503);
			Thread.sleep(350);
			assertThat(send(receiver, "upd_1", body, SECRET).statusCode()).isEqualTo(200);
			assertThat(receiver.failed()).isEqualTo(1);
		}
	}

	@Test
	void isGoneWhenDead() throws Exception {
		try (Receiver receiver = new Receiver(Duration.ZERO, ReceiverHost.loopback())) {
			receiver.trust(SECRET);
			receiver.die();
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> send(receiver, "upd_1", "{}", SECRET));
		}
	}

	private static HttpResponse<String> send(Receiver receiver, String id, String body, String secret)
			throws Exception {
		long now = System.currentTimeMillis() / 1000;
		HttpRequest request = HttpRequest.newBuilder(URI.create(receiver.url()))
			.header("webhook-id", id)
			.header("webhook-timestamp", String.valueOf(now))
			.header("webhook-signature", new Webhook(secret).sign(id, now, body))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		try (HttpClient http = HttpClient.newHttpClient()) {
			return http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (ConnectException ex) {
			throw ex;
		}
		catch (IOException ex) {
			throw new ConnectException(String.valueOf(ex.getMessage()));
		}
	}

}
