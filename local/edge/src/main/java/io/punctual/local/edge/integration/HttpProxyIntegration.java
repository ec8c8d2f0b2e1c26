package io.punctual.local.edge.integration;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.punctual.local.edge.document.Integration;
import io.punctual.local.edge.gateway.Answer;
import io.punctual.local.edge.gateway.Exchange;
import io.punctual.local.edge.gateway.Expressions;
import io.punctual.local.edge.gateway.GatewayException;
import io.punctual.local.edge.gateway.Headers;
import io.punctual.local.edge.gateway.Percent;
import io.punctual.local.edge.gateway.Substitution;
import io.punctual.local.edge.target.Pool;
import io.punctual.local.edge.target.Targets;

/**
 * Sends the request on as it came, but for mapped parameters and the headers AWS drops,
 * and gives back the answer.
 */
public final class HttpProxyIntegration {

	/**
	 * Not sent to a backend (recorded from AWS in LocalStack's snapshots).
	 */
	private static final Set<String> DROPPED = Set.of("connection", "content-length", "content-md5", "content-encoding",
			"expect", "max-forwards", "proxy-authenticate", "server", "te", "trailer", "transfer-encoding", "upgrade",
			"via", "www-authenticate", "host", "keep-alive");

	/**
	 * Not even a mapping sends these.
	 */
	private static final Set<String> NEVER = Set.of("connection", "proxy-authenticate", "te", "via", "expect");

	private static final Set<String> REMAPPED = Set.of("connection", "content-length", "date", "server",
			"x-amzn-requestid");

	private final Backend backend;

	private final Targets targets;

	private final Cache<String, URI> servers = Caffeine.newBuilder().maximumSize(1_000).build();

	public HttpProxyIntegration(Backend backend, Targets targets) {
		this.backend = backend;
		this.targets = targets;
	}

	public Answer carryOut(Exchange exchange) {
		Integration integration = exchange.operation().integration();
		Headers headers = new Headers();
		for (Headers.Field field : exchange.headers().fields()) {
			if (!DROPPED.contains(field.name().toLowerCase(Locale.ROOT))) {
				headers.add(field.name(), field.value());
			}
		}
		if (headers.get("Accept") == null) {
			headers.add("Accept", "application/json");
		}
		if (headers.get("User-Agent") == null) {
			headers.add("User-Agent", "AmazonAPIGateway_local");
		}
		headers.set("X-Amzn-Trace-Id", exchange.traceId()).set("X-Amzn-Apigateway-Api-Id", "local");
		Map<String, List<String>> query = new LinkedHashMap<>(exchange.query());
		Mapped mapped = Mapped.of(integration, exchange);
		mapped.headers().forEach(headers::set);
		mapped.query().forEach((name, value) -> query.put(name, List.of(value)));
		Answer answer = send(exchange, mapped, headers, query, exchange.body());
		return new Answer(answer.status(), remapped(answer.headers()), answer.body(), answer.stream());
	}

	Answer send(Exchange exchange, Mapped mapped, Headers headers, Map<String, List<String>> query, byte[] body) {
		Integration integration = exchange.operation().integration();
		Address address = address(integration, exchange, mapped.path());
		URI uri = address.server();
		int port = (uri.getPort() > 0) ? uri.getPort() : ("https".equals(uri.getScheme()) ? 443 : 80);
		Pool pool = this.targets.next(uri.getHost(), port);
		URI server = (pool != null) ? pool.url() : uri;
		String method = "ANY".equals(integration.method()) ? exchange.method()
				: Objects.requireNonNull(integration.method());
		String host = mapped.headers()
			.getOrDefault("Host", (uri.getPort() > 0) ? uri.getHost() + ":" + uri.getPort() : uri.getHost());
		long start = System.nanoTime();
		Integer status = null;
		boolean streamed = false;
		try {
			Answer answer = this.backend.send(new Backend.Request(method, server, host, target(address.target(), query),
					headers, body, integration.timeout(), integration.streaming()));
			status = answer.status();
			if (pool != null && answer.stream() != null) {
				streamed = true;
				return new Answer(answer.status(), answer.headers(), answer.body(),
						new PoolStream(answer.stream(), pool));
			}
			return answer;
		}
		finally {
			exchange.integrated(status, (System.nanoTime() - start) / 1_000_000);
			if (pool != null && !streamed) {
				pool.end();
			}
		}
	}

	/**
	 * An address in two pieces: the server (of which there are few) and the raw path and
	 * query.
	 */
	private record Address(URI server, String target) {
	}

	private Address address(Integration integration, Exchange exchange, Map<String, String> path) {
		String uri = Substitution.apply(Objects.requireNonNull(integration.uri()), exchange, (name) -> {
			throw GatewayException.internal();
		});
		for (Map.Entry<String, String> parameter : path.entrySet()) {
			String value = Percent.encode(parameter.getValue());
			boolean greedy = exchange.operation().path().contains("{" + parameter.getKey() + "+}");
			uri = uri.replace("{" + parameter.getKey() + "}", greedy ? value.replace("%2F", "/") : value);
		}
		int slash = uri.indexOf('/', uri.indexOf("://") + 3);
		String server = (slash < 0) ? uri : uri.substring(0, slash);
		URI known = this.servers.getIfPresent(server);
		if (known == null) {
			known = server(server);
			this.servers.put(server, known);
		}
		return new Address(known, (slash < 0) ? "/" : uri.substring(slash));
	}

	private static URI server(String text) {
		try {
			URI server = URI.create(text);
			if (server.getHost() == null) {
				throw GatewayException.internal();
			}
			return server;
		}
		catch (IllegalArgumentException ex) {
			throw GatewayException.internal();
		}
	}

	private static String target(String from, Map<String, List<String>> query) {
		if (query.isEmpty()) {
			return from;
		}
		StringBuilder target = new StringBuilder(from);
		char separator = (from.indexOf('?') < 0) ? '?' : '&';
		for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
			for (String value : parameter.getValue()) {
				target.append(separator)
					.append(Percent.encode(parameter.getKey()))
					.append('=')
					.append(Percent.encode(value));
				separator = '&';
			}
		}
		return target.toString();
	}

	private static Headers remapped(Headers from) {
		Headers to = new Headers();
		for (Headers.Field field : from.fields()) {
			String name = field.name().toLowerCase(Locale.ROOT);
			if (REMAPPED.contains(name)) {
				to.add("x-amzn-Remapped-" + field.name(), field.value());
			}
			else if (!name.equals("transfer-encoding") && !name.equals("keep-alive")) {
				to.add(field.name(), field.value());
			}
		}
		return to;
	}

	/**
	 * What the integration's request parameters come to for one request.
	 */
	record Mapped(Map<String, String> path, Map<String, String> query, Map<String, String> headers) {

		static Mapped of(Integration integration, Exchange exchange) {
			Mapped mapped = new Mapped(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
			integration.parameters().forEach((target, expression) -> {
				String value = Expressions.evaluate(expression, exchange);
				String[] to = target.split("\\.", 4);
				if (value == null || to.length < 4) {
					return;
				}
				switch (to[2]) {
					case "path" -> mapped.path().put(to[3], value);
					case "querystring" -> mapped.query().put(to[3], value);
					default -> mapped.header(to[3], value);
				}
			});
			return mapped;
		}

		private void header(String name, String value) {
			String lower = name.toLowerCase(Locale.ROOT);
			if (lower.equals("content-length") || lower.equals("transfer-encoding")) {
				throw GatewayException.internal();
			}
			if (!NEVER.contains(lower)) {
				this.headers.put(name, value);
			}
		}

	}

}
