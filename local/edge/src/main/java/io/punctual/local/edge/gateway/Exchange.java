package io.punctual.local.edge.gateway;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.punctual.local.edge.document.Operation;
import io.punctual.local.edge.document.Settings;
import org.jspecify.annotations.Nullable;

/**
 * One request and what the gateway has found out about it: the values of
 * {@code $context}.
 */
public final class Exchange {

	private static final DateTimeFormatter COMMON_LOG = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z",
			Locale.ROOT);

	private final Settings settings;

	private final String requestId;

	private final String extendedRequestId;

	private final Instant start = Instant.now();

	private final long startNanos = System.nanoTime();

	private final String method;

	private final String path;

	private final Headers headers;

	private final Map<String, List<String>> query;

	private final String sourceIp;

	private final String traceId;

	private @Nullable Supplier<byte[]> source;

	private byte[] body = new byte[0];

	private Routes.@Nullable Match match;

	private Map<String, Object> claims = Map.of();

	private Settings.@Nullable Key apiKey;

	private @Nullable GatewayException error;

	private int status;

	private long responseLength;

	private @Nullable Integer integrationStatus;

	private long integrationMillis = -1;

	private final Map<String, String> overrides = new LinkedHashMap<>();

	public Exchange(Settings settings, String method, String path, @Nullable String rawQuery, Headers headers,
			String sourceIp) {
		this.settings = settings;
		this.method = method;
		this.path = path;
		this.headers = headers;
		this.sourceIp = sourceIp;
		// Names to find a request again by, not secrets.
		ThreadLocalRandom random = ThreadLocalRandom.current();
		this.requestId = new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() & ~(3L << 62) | 2L << 62)
			.toString();
		byte[] extended = new byte[11];
		random.nextBytes(extended);
		HexFormat hex = HexFormat.of();
		this.extendedRequestId = Base64.getUrlEncoder().encodeToString(extended);
		String given = headers.get("X-Amzn-Trace-Id");
		this.traceId = (given != null && given.contains("Root=")) ? given
				: "Root=1-" + hex.toHexDigits((int) this.start.getEpochSecond()) + "-"
						+ hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextInt());
		this.query = parse(rawQuery);
	}

	private static Map<String, List<String>> parse(@Nullable String rawQuery) {
		Map<String, List<String>> query = new LinkedHashMap<>();
		if (rawQuery == null || rawQuery.isEmpty()) {
			return query;
		}
		for (String pair : rawQuery.split("&")) {
			int equals = pair.indexOf('=');
			String name = (equals < 0) ? pair : pair.substring(0, equals);
			String value = (equals < 0) ? "" : pair.substring(equals + 1);
			if (!name.isEmpty()) {
				query.computeIfAbsent(lenient(name), (key) -> new ArrayList<>(1)).add(lenient(value));
			}
		}
		return query;
	}

	private static String lenient(String text) {
		try {
			return Percent.decode(text.replace('+', ' '));
		}
		catch (IllegalArgumentException ex) {
			throw new GatewayException(io.punctual.local.edge.document.ResponseType.DEFAULT_4XX, "Bad Request");
		}
	}

	public Settings settings() {
		return this.settings;
	}

	public String requestId() {
		return this.requestId;
	}

	public String extendedRequestId() {
		return this.extendedRequestId;
	}

	public String traceId() {
		return this.traceId;
	}

	public String method() {
		return this.method;
	}

	public String path() {
		return this.path;
	}

	public Headers headers() {
		return this.headers;
	}

	public Map<String, List<String>> query() {
		return this.query;
	}

	/**
	 * The body, read when it is first asked for: of a request that is refused before, it
	 * never takes memory.
	 */
	public byte[] body() {
		Supplier<byte[]> unread = this.source;
		if (unread != null) {
			this.source = null;
			this.body = unread.get();
		}
		return this.body;
	}

	public void body(Supplier<byte[]> reader) {
		this.source = reader;
	}

	public void matched(Routes.Match found) {
		this.match = found;
	}

	public Operation operation() {
		Routes.Match found = this.match;
		if (found == null) {
			throw GatewayException.noRoute();
		}
		return found.operation();
	}

	public Map<String, String> pathParameters() {
		return (this.match != null) ? this.match.parameters() : Map.of();
	}

	public Map<String, Object> claims() {
		return this.claims;
	}

	public void claims(Map<String, Object> verified) {
		this.claims = verified;
	}

	public Settings.@Nullable Key apiKey() {
		return this.apiKey;
	}

	public void apiKey(Settings.Key key) {
		this.apiKey = key;
	}

	public void failed(GatewayException answer) {
		this.error = answer;
	}

	public void integrated(@Nullable Integer backendStatus, long millis) {
		this.integrationStatus = backendStatus;
		this.integrationMillis = millis;
	}

	public void answered(int answeredStatus, long length) {
		this.status = answeredStatus;
		this.responseLength = length;
	}

	/**
	 * Values that a template set in {@code $context.requestOverride} and
	 * {@code responseOverride}.
	 */
	public Map<String, String> overrides() {
		return this.overrides;
	}

	/**
	 * A value of {@code $context}, without that prefix; null where there is none.
	 */
	public @Nullable String variable(String name) {
		if (name.startsWith("authorizer.claims.")) {
			Object claim = this.claims.get(name.substring("authorizer.claims.".length()));
			return (claim != null) ? String.valueOf(claim) : null;
		}
		return switch (name) {
			case "requestId" -> this.requestId;
			case "extendedRequestId" -> this.extendedRequestId;
			case "xrayTraceId" -> this.traceId;
			case "httpMethod" -> this.method;
			case "path" -> this.path;
			case "resourcePath" -> (this.match != null) ? this.match.operation().path() : null;
			case "operationName" -> (this.match != null) ? this.match.operation().operationId() : null;
			case "stage" -> this.settings.stage();
			case "protocol" -> "HTTP/1.1";
			case "requestTime" -> COMMON_LOG.format(this.start.atZone(ZoneOffset.UTC));
			case "requestTimeEpoch" -> Long.toString(this.start.toEpochMilli());
			case "domainName" -> this.headers.get("Host");
			case "identity.sourceIp" -> this.sourceIp;
			case "identity.userAgent" -> this.headers.get("User-Agent");
			case "identity.apiKey" -> (this.apiKey != null) ? this.apiKey.value() : null;
			case "identity.apiKeyId" -> (this.apiKey != null) ? this.apiKey.id() : null;
			case "authorizer.principalId" -> claim("sub");
			case "status" -> (this.status != 0) ? Integer.toString(this.status) : null;
			case "responseLength" -> Long.toString(this.responseLength);
			case "responseLatency" -> Long.toString((System.nanoTime() - this.startNanos) / 1_000_000);
			case "integrationLatency", "integration.latency" ->
				(this.integrationMillis >= 0) ? Long.toString(this.integrationMillis) : null;
			case "integrationStatus", "integration.status" ->
				(this.integrationStatus != null) ? this.integrationStatus.toString() : null;
			case "error.message", "error.validationErrorString" -> (this.error != null) ? this.error.message() : null;
			case "error.messageString" -> (this.error != null) ? quoted(this.error.message()) : null;
			case "error.responseType" -> (this.error != null) ? this.error.type().name() : null;
			default -> null;
		};
	}

	private @Nullable String claim(String name) {
		Object value = this.claims.get(name);
		return (value != null) ? value.toString() : null;
	}

	static String quoted(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r") + '"';
	}

}
