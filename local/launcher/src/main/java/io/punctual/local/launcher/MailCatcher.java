package io.punctual.local.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
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

	/** This process has little memory, and everything ends with it. */
	private static final int KEPT_CHARACTERS = 8_000_000;

	private static final JsonMapper JSON = new JsonMapper();

	private final GreenMail smtp;

	private final HttpServer http;

	/** The newest first. */
	private final Deque<Map<String, Object>> mails = new ArrayDeque<>();

	private int taken;

	private long characters;

	/**
	 * Starts it on the loopback interface.
	 * @param smtpPort where it takes mail; 0 for any that is free
	 * @param port where it shows mail; 0 for any that is free
	 */
	public MailCatcher(int smtpPort, int port) throws IOException {
		this.smtp = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP))
			.withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
		GreenMailUser anybody = this.smtp.setUser("anybody", "anybody");
		this.smtp.getUserManager().setMessageDeliveryHandler((mail, recipient) -> {
			keep(mail.getMessage());
			return anybody;
		});
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

	private synchronized List<Map<String, Object>> mails(String to) {
		return this.mails.stream()
			.filter((mail) -> to.isEmpty() || String.valueOf(mail.get("to")).contains(to))
			.toList();
	}

	/**
	 * The library keeps everything for ever: its mails are kept here, where the oldest
	 * make room, and it forgets those before.
	 */
	private synchronized void keep(MimeMessage message) {
		Map<String, Object> mail = read(message, this.taken++);
		this.mails.addFirst(mail);
		this.characters += length(mail);
		while (this.mails.size() > KEPT || (this.characters > KEPT_CHARACTERS && this.mails.size() > 1)) {
			this.characters -= length(this.mails.removeLast());
		}
		try {
			this.smtp.purgeEmailFromAllMailboxes();
		}
		catch (FolderException ex) {
			throw new IllegalStateException("A mail cannot be forgotten", ex);
		}
	}

	private static int length(Map<String, Object> mail) {
		return String.valueOf(mail.get("raw")).length();
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
