package io.punctual.release.tool.probe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

import io.punctual.release.tool.ReleaseException;

/**
 * Asks a gateway.
 */
final class Asker implements AutoCloseable {

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final String address;

	private final Map<String, String> words;

	/**
	 * An asker.
	 * @param address the stage's address
	 * @param words what stands for a word in braces: the run, the key, the zone
	 */
	Asker(String address, Map<String, String> words) {
		this.address = address;
		this.words = words;
	}

	Observation ask(Probe probe) throws InterruptedException {
		Observation last = null;
		for (int i = 0; i < probe.times(); i++) {
			last = once(probe);
		}
		if (last == null) {
			throw new ReleaseException("never asked: " + probe.name());
		}
		return last;
	}

	private Observation once(Probe probe) throws InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.address + filled(probe.path())))
			.timeout(Duration.ofSeconds(35))
			.method(probe.method(), BodyPublishers.noBody());
		probe.headers().forEach((header) -> {
			int colon = header.indexOf(':');
			request.header(header.substring(0, colon), filled(header.substring(colon + 1).strip()));
		});
		try {
			HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
			return Observation.of(response);
		}
		catch (IOException ex) {
			return Observation.none(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * A number in braces stands for so many letters.
	 */
	String filled(String text) {
		String filled = text;
		for (Map.Entry<String, String> word : this.words.entrySet()) {
			filled = filled.replace("{" + word.getKey() + "}", word.getValue());
		}
		return java.util.regex.Pattern.compile("\\{(\\d+)}")
			.matcher(filled)
			.replaceAll((match) -> "x".repeat(Integer.parseInt(match.group(1))));
	}

	@Override
	public void close() {
		this.http.close();
	}

}
