package io.punctual.local.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes every mail for anybody by SMTP, in memory, and shows it over HTTP: what
 * {@code local/mail} is in containers, without a process of its own.
 */
public final class MailCatcher implements AutoCloseable {

	static final int SMTP_PORT = 3025;

	static final int PORT = 8025;

	private static final int KEPT = 1000;

	private static final JsonMapper JSON = new JsonMapper();

	private final GreenMail smtp;

	private final HttpServer http;

	/**
	 * Starts it on the loopback interface.
	 * @param smtpPort where it takes mail; 0 for any that is free
	 * @param port where it shows mail; 0 for any that is free
	 */
	public MailCatcher(int smtpPort, int port) throws IOException {
		this.smtp = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP))
			.withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
		this.smtp.start();
		this.http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
		this.http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.http.createContext("/mails", this::show);
		this.http.start();
	}

	/** Where mail is taken. */
	public int smtpPort() {
		return this.smtp.getSmtp().getPort();
	}

	/** Where mail is shown. */
	public int port() {
		return this.http.getAddress().getPort();
	}

	private void show(HttpExchange exchange) throws IOException {
		try (exchange) {
			String query = exchange.getRequestURI().getRawQuery();
			String to = (query != null && query.startsWith("to="))
					? URLDecoder.decode(query.substring("to=".length()), StandardCharsets.UTF_8) : "";
			byte[] answer = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(mails(to));
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, answer.length);
			exchange.getResponseBody().write(answer);
		}
	}

	/** The newest first. */
	private synchronized List<Map<String, Object>> mails(String to) {
		MimeMessage[] all = this.smtp.getReceivedMessages();
		List<Map<String, Object>> mails = new ArrayList<>();
		for (int i = all.length - 1; i >= Math.max(0, all.length - KEPT); i--) {
			Map<String, Object> mail = read(all[i], i);
			if (to.isEmpty() || String.valueOf(mail.get("to")).contains(to)) {
				mails.add(mail);
			}
		}
		return mails;
	}

	private static Map<String, Object> read(MimeMessage message, int id) {
		try {
			ByteArrayOutputStream raw = new ByteArrayOutputStream();
			message.writeTo(raw);
			Instant at = (message.getReceivedDate() != null) ? message.getReceivedDate().toInstant() : Instant.now();
			return Map.of("id", id, "receivedAt", at.toString(), "from", text(message.getFrom()).getFirst(), "to",
					text(message.getAllRecipients()), "subject", Objects.requireNonNullElse(message.getSubject(), ""),
					"raw", raw.toString(StandardCharsets.UTF_8));
		}
		catch (MessagingException ex) {
			throw new IllegalStateException("A mail cannot be read", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> text(Address[] addresses) {
		return (addresses != null) ? Arrays.stream(addresses).map(Address::toString).toList() : List.of("");
	}

	@Override
	public void close() {
		this.http.stop(0);
		this.smtp.stop();
	}

}
