package io.punctual.local.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import io.punctual.local.edge.authorizer.Authorizers;
import io.punctual.local.edge.document.DocumentReader;
import io.punctual.local.edge.document.GatewayApi;
import io.punctual.local.edge.document.Operation;
import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.document.Source;
import io.punctual.local.edge.gateway.Answer;
import io.punctual.local.edge.gateway.Exchange;
import io.punctual.local.edge.gateway.Gateway;
import io.punctual.local.edge.gateway.Headers;
import io.punctual.local.edge.throttle.ApiKeys;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes gateways of Punctual's document and settings with something changed, on a clock
 * that the test moves.
 */
final class Rules implements AutoCloseable {

	static final String DOCUMENT = "../../gateway-config/openapi.yaml";

	static final String SETTINGS = "../../gateway-config/settings.yaml";

	private static final JsonMapper JSON = new JsonMapper();

	private final String document;

	private final String settings;

	private final Issuer issuer;

	Rules() throws IOException, JOSEException {
		this.issuer = new Issuer();
		this.document = json(DOCUMENT);
		this.settings = json(SETTINGS);
	}

	private static String json(String file) throws IOException {
		Object read = new Yaml().load(Files.readString(Path.of(file)));
		return JSON.writeValueAsString(read);
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> map(@Nullable Object value) {
		return (Map<String, Object>) Objects.requireNonNull(value);
	}

	@SuppressWarnings("unchecked")
	static List<Map<String, Object>> maps(@Nullable Object value) {
		return (List<Map<String, Object>>) Objects.requireNonNull(value);
	}

	World world(Operation operation) {
		return world(operation, (raw) -> {
		});
	}

	World world(Operation operation, Consumer<Map<String, Object>> change) {
		return world(operation, change, (stage) -> {
		});
	}

	/**
	 * A gateway with that one operation.
	 */
	World world(Operation operation, Consumer<Map<String, Object>> change,
			Consumer<Map<String, Object>> changeSettings) {
		Map<String, Object> api = map(JSON.readValue(this.document, Object.class));
		Map<String, Object> raw = map(map(map(api.get("paths")).get(operation.path()))
			.get(operation.method().toLowerCase(java.util.Locale.ROOT)));
		raw.put("parameters", parameters(raw, api));
		change.accept(raw);
		Map<String, Object> item = new HashMap<>();
		item.put(operation.method().toLowerCase(java.util.Locale.ROOT), raw);
		api.put("paths", Map.of(operation.path(), item));
		Map<String, Object> stage = map(JSON.readValue(this.settings, Object.class));
		changeSettings.accept(stage);
		map(stage.get("UsagePlans")).keySet().forEach((plan) -> {
			map(stage.get("ApiKeys")).put("of-" + plan,
					Map.of("Enabled", true, "Value", "0000000000000000-of-" + plan));
			maps(stage.get("UsagePlanKeys"))
				.add(new HashMap<>(Map.of("KeyId", "of-" + plan, "KeyType", "API_KEY", "UsagePlanId", plan)));
		});
		return new World(this.issuer, DocumentReader.read(Source.of("changed", JSON.writeValueAsString(api))),
				Settings.read(Source.of("changed", JSON.writeValueAsString(stage))));
	}

	List<Map<String, Object>> parameters(Map<String, Object> raw) {
		return maps(raw.get("parameters"));
	}

	static List<Map<String, Object>> parameters(Map<String, Object> raw, Map<String, Object> api) {
		List<Map<String, Object>> resolved = new ArrayList<>();
		for (Map<String, Object> parameter : maps(raw.getOrDefault("parameters", List.of()))) {
			Object reference = parameter.get("$ref");
			resolved.add((reference == null) ? parameter : map(map(map(api.get("components")).get("parameters"))
				.get(reference.toString().substring("#/components/parameters/".length()))));
		}
		return resolved;
	}

	@Override
	public void close() {
		this.issuer.close();
	}

	/**
	 * One gateway, its clock, and the requests that reached the service.
	 */
	static final class World {

		private final Issuer issuer;

		private final Settings settings;

		private final AtomicLong nanos = new AtomicLong(1);

		private final AtomicInteger reached = new AtomicInteger();

		private final Gateway gateway;

		private final Map<String, String> tokens = new HashMap<>();

		private String key = "laptop-only-provider-key";

		private String left = "";

		World(Issuer issuer, GatewayApi api, Settings settings) {
			this.issuer = issuer;
			this.settings = settings;
			this.gateway = EdgeConfiguration.assemble(api, settings, new Authorizers(api, settings, issuer.url(), null),
					new ApiKeys(settings, null), (exchange) -> {
						byte[] body = Integer.toString(this.reached.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
						return Answer.of(200, new Headers(), body);
					}, Clock.systemUTC(), this.nanos::get);
		}

		World withKey(String value) {
			this.key = value;
			return this;
		}

		World inPlan(String plan) {
			return withKey("0000000000000000-of-" + plan);
		}

		World without(String parameter) {
			this.left = parameter;
			return this;
		}

		int status(Operation operation, @Nullable String scope) {
			return send(operation, (scope != null) ? token(scope, "ann") : null, "x_1", "1").status();
		}

		List<Integer> statuses(Operation operation, int times) {
			List<Integer> statuses = new ArrayList<>();
			for (int i = 0; i < times; i++) {
				statuses.add(status(operation, operation.scopes().iterator().next()));
			}
			return statuses;
		}

		/**
		 * How many are let in at once, and how many then at twice the rate for a second.
		 */
		List<Integer> admitted(Operation operation, Settings.Limit limit) {
			int first = 0;
			for (int i = 0; i < 2 * limit.burst() + 10; i++) {
				first += (status(operation, operation.scopes().iterator().next()) == 200) ? 1 : 0;
			}
			int then = 0;
			int sent = (int) Math.ceil(limit.rate() * 2);
			for (int i = 0; i < sent; i++) {
				this.nanos.addAndGet(Duration.ofSeconds(1).toNanos() / sent);
				then += (status(operation, operation.scopes().iterator().next()) == 200) ? 1 : 0;
			}
			return List.of(first, then);
		}

		/**
		 * How often the service was asked for two answers to the same, one later.
		 */
		int answersToTwo(Operation operation, long secondsLater) {
			String token = token(operation.scopes().iterator().next(), "ann");
			send(operation, token, "x_1", "1");
			this.nanos.addAndGet(Duration.ofSeconds(secondsLater).toNanos());
			send(operation, token, "x_1", "1");
			return this.reached.get();
		}

		/**
		 * How often the service was asked for two answers that differ in one parameter.
		 */
		int answersToTwoThatDifferIn(Operation operation, String parameter) {
			String name = parameter.substring(parameter.lastIndexOf('.') + 1);
			String scope = operation.scopes().iterator().next();
			Operation other = operation;
			send(operation, token(scope, "ann"), "x_1", "1");
			if (parameter.startsWith("method.request.path.")) {
				Exchange exchange = exchange(
						other.path().replace("{" + name + "}", "y_2").replaceAll("\\{[^}]+}", "x_1"), other,
						token(scope, "ann"), "1");
				this.gateway.handle(exchange);
			}
			else {
				send(other, token(scope, name.equals("Authorization") ? "bob" : "ann"), "x_1", "2");
			}
			return this.reached.get();
		}

		private Answer send(Operation operation, @Nullable String token, String id, String value) {
			return this.gateway.handle(exchange(operation.path().replaceAll("\\{[^}]+}", id), operation, token, value));
		}

		private Exchange exchange(String path, Operation operation, @Nullable String token, String value) {
			Headers headers = new Headers();
			StringBuilder query = new StringBuilder();
			if (token != null) {
				headers.add("Authorization", "Bearer " + token);
			}
			if (!this.key.isEmpty()) {
				headers.add("x-api-key", this.key);
			}
			operation.required().stream().filter((one) -> !one.name().equals(this.left)).forEach((parameter) -> {
				if (parameter.in().equals("header")) {
					headers.add(parameter.name(), value);
				}
				else if (parameter.in().equals("query")) {
					query.append('&').append(parameter.name()).append('=').append(value);
				}
			});
			return new Exchange(this.settings, operation.method(), path, query.isEmpty() ? null : query.substring(1),
					headers, "127.0.0.1");
		}

		private String token(String scope, String subject) {
			return this.tokens.computeIfAbsent(scope + " " + subject, (name) -> {
				try {
					return this.issuer.token(this.issuer.claims().subject(subject).claim("scope", scope));
				}
				catch (JOSEException ex) {
					throw new IllegalStateException(ex);
				}
			});
		}

	}

}
