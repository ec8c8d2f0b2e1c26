package io.punctual.local.launcher.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.punctual.local.launcher.LauncherException;
import io.punctual.local.launcher.api.Api;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mailbox of a client's person, where mail is caught instead of sent.
 */
final class Inbox implements Arrivals {

	private static final JsonMapper JSON = new JsonMapper();

	private static final Pattern NAME = Pattern.compile("(?im)^Message-ID:\\s*(<[^>]+>)");

	private static final Pattern LINK = Pattern.compile("https?://\\S+/v1/acknowledgements/[A-Za-z0-9_.-]+");

	private final HttpClient http = HttpClient.newHttpClient();

	private final URI mails;

	private final String address;

	private Map<String, Instant> arrivals = Map.of();

	/**
	 * Looks where mail is caught.
	 * @param catcher its address, such as {@code http://localhost:8025}
	 * @param address the person's
	 */
	Inbox(String catcher, String address) {
		this.address = address;
		this.mails = URI.create(catcher + "/mails?to=" + Api.encode(address));
	}

	String address() {
		return this.address;
	}

	URI page() {
		return this.mails;
	}

	/** A mail that is sent again after a crash has the name of the first. */
	@Override
	public synchronized Map<String, Instant> arrivals() {
		try {
			Map<String, Instant> found = new HashMap<>();
			for (JsonNode mail : read()) {
				Matcher name = NAME.matcher(mail.path("raw").asString(""));
				found.merge(name.find() ? name.group(1) : mail.path("id").asString(),
						Instant.parse(mail.path("receivedAt").asString()),
						(one, other) -> one.isBefore(other) ? one : other);
			}
			this.arrivals = Map.copyOf(found);
		}
		catch (IOException ex) {
			// It is looked at again in a moment.
		}
		return this.arrivals;
	}

	/**
	 * Presses the button behind the link of the newest mail.
	 * @return the answer's status; empty if there is no mail with a link
	 */
	Optional<Integer> acknowledge() throws IOException {
		for (JsonNode mail : read()) {
			// Quoted-printable breaks lines and writes the equals sign in numbers.
			String text = mail.path("raw").asString("").replace("=\r\n", "").replace("=\n", "").replace("=3D", "=");
			Matcher link = LINK.matcher(text);
			if (link.find()) {
				return Optional.of(send(HttpRequest.newBuilder(URI.create(link.group()))
					.POST(HttpRequest.BodyPublishers.noBody())
					.build()).statusCode());
			}
		}
		return Optional.empty();
	}

	private JsonNode read() throws IOException {
		return JSON.readTree(send(HttpRequest.newBuilder(this.mails).build()).body());
	}

	private HttpResponse<String> send(HttpRequest request) throws IOException {
		try {
			return this.http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LauncherException("Interrupted", ex);
		}
	}

	@Override
	public int failed() {
		return 0;
	}

	@Override
	public int forged() {
		return 0;
	}

	@Override
	public boolean isSequenceWhole() {
		return true;
	}

	@Override
	public void close() {
		this.http.close();
	}

}
