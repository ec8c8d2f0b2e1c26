package io.punctual.delivery.ses;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.punctual.testing.HttpStandIn;
import io.punctual.testing.HttpStandIn.Answer;
import io.punctual.testing.HttpStandIn.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks SES's and SQS's protocols: it keeps the mails that it is given, and hands out
 * what is put into the queue until it is deleted there.
 */
final class SesStandIn implements AutoCloseable {

	static final String QUEUE = "https://sqs.eu-west-1.amazonaws.com/111122223333/punctual-mail-events";

	/** What is received and not deleted is seen again, here much sooner than there. */
	private static final long INVISIBLE_NANOS = 400_000_000L;

	private static final JsonMapper JSON = JsonMapper.shared();

	private final HttpStandIn server = new HttpStandIn(this::answer);

	private final List<Mail> mails = new CopyOnWriteArrayList<>();

	private final Map<String, String> queue = new ConcurrentSkipListMap<>();

	private final Map<String, Long> hiddenUntil = new ConcurrentHashMap<>();

	private final Map<String, Integer> received = new ConcurrentHashMap<>();

	private final AtomicInteger numbers = new AtomicInteger();

	private volatile String refusal = "";

	URI url() {
		return this.server.url();
	}

	/** From now on mails are refused with an error of that name; none: they are taken. */
	void refusing(String error) {
		this.refusal = error;
	}

	List<Mail> mailsTo(String address) {
		return this.mails.stream().filter((mail) -> mail.to().equals(address)).toList();
	}

	/** Puts a message into the queue. */
	String put(String body) {
		String id = "message-%06d".formatted(this.numbers.incrementAndGet());
		this.queue.put(id, body);
		return id;
	}

	boolean holds(String messageId) {
		return this.queue.containsKey(messageId);
	}

	void remove(String messageId) {
		this.queue.remove(messageId);
	}

	int timesReceived(String messageId) {
		return this.received.getOrDefault(messageId, 0);
	}

	private Answer answer(Request request) {
		JsonNode body = JSON.readTree(request.body());
		if (request.path().equals("/v2/email/outbound-emails")) {
			return send(body);
		}
		return switch (String.valueOf(request.header("X-Amz-Target"))) {
			case "AmazonSQS.ReceiveMessage" -> receive(body);
			case "AmazonSQS.DeleteMessageBatch" -> delete(body);
			default -> Answer.json(400, "{\"__type\":\"com.amazonaws.sqs#UnsupportedOperation\"}");
		};
	}

	private Answer send(JsonNode body) {
		if (!this.refusal.isEmpty()) {
			Answer error = Answer.json(this.refusal.equals("TooManyRequestsException") ? 429 : 400,
					"{\"message\":\"no <secret@bank.example>\"}");
			return new Answer(error.status(),
					Map.of("Content-Type", "application/json", "x-amzn-ErrorType", this.refusal), error.body());
		}
		String id = "0102018d-%06d".formatted(this.numbers.incrementAndGet());
		Map<String, String> tags = new ConcurrentHashMap<>();
		body.path("EmailTags").forEach((tag) -> tags.put(tag.get("Name").asString(), tag.get("Value").asString()));
		this.mails.add(new Mail(id, body.at("/Destination/ToAddresses/0").asString(),
				body.path("FromEmailAddress").asString(), body.path("ConfigurationSetName").asString(""), tags,
				new String(Base64.getDecoder().decode(body.at("/Content/Raw/Data").asString()),
						StandardCharsets.UTF_8)));
		return Answer.json(200, "{\"MessageId\":\"" + id + "\"}");
	}

	private synchronized Answer receive(JsonNode body) {
		if (!body.path("QueueUrl").asString("").equals(QUEUE) || body.path("WaitTimeSeconds").asInt() != 20) {
			return Answer.json(400, "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\"}");
		}
		List<Map<String, String>> messages = new ArrayList<>();
		long now = System.nanoTime();
		this.queue.forEach((id, text) -> {
			Long until = this.hiddenUntil.get(id);
			if (messages.size() < body.path("MaxNumberOfMessages").asInt() && (until == null || until - now < 0)) {
				this.hiddenUntil.put(id, now + INVISIBLE_NANOS);
				this.received.merge(id, 1, Integer::sum);
				messages.add(Map.of("MessageId", id, "ReceiptHandle", "receipt-" + id, "Body", text, "MD5OfBody",
						md5(text)));
			}
		});
		if (messages.isEmpty()) {
			pause();
			return Answer.of(200, "application/x-amz-json-1.0", "{}".getBytes(StandardCharsets.UTF_8));
		}
		return Answer.of(200, "application/x-amz-json-1.0", JSON.writeValueAsBytes(Map.of("Messages", messages)));
	}

	private Answer delete(JsonNode body) {
		List<Map<String, String>> done = new ArrayList<>();
		body.path("Entries").forEach((entry) -> {
			String id = entry.get("ReceiptHandle").asString().substring("receipt-".length());
			this.queue.remove(id);
			done.add(Map.of("Id", entry.get("Id").asString()));
		});
		return Answer.of(200, "application/x-amz-json-1.0",
				JSON.writeValueAsBytes(Map.of("Successful", done, "Failed", List.of())));
	}

	/** A long poll, though a short one. */
	private static void pause() {
		try {
			Thread.sleep(50);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String md5(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * A mail as SES was given it.
	 */
	record Mail(String messageId, String to, String from, String configurationSet, Map<String, String> tags,
			String raw) {

		String tag(String name) {
			return Objects.requireNonNull(this.tags.get(name), name);
		}

	}

}
