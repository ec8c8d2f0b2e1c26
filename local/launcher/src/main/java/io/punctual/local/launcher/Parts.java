package io.punctual.local.launcher;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.punctual.local.database.EmbeddedDatabase;
import io.punctual.local.database.SchemaAccount;

/**
 * What the system consists of, and what each part is told.
 */
final class Parts {

	static final List<String> SERVICES = List.of("clients", "notices", "delivery", "sla");

	static final int DATABASE_PORT = 3307;

	static final int EDGE_PORT = 8080;

	static final int EDGE_ADMIN_PORT = 8090;

	static final int IDENTITY_PORT = 9000;

	private final Path root;

	private final StateFolder folder;

	private final Secrets secrets;

	Parts(Path root, StateFolder folder, Secrets secrets) {
		this.root = root;
		this.folder = folder;
		this.secrets = secrets;
	}

	static int port(String service) {
		return 8081 + SERVICES.indexOf(service);
	}

	static String issuer() {
		return "http://localhost:" + IDENTITY_PORT;
	}

	List<SchemaAccount> accounts() {
		return Stream.concat(SERVICES.stream(), Stream.of("identity"))
			.map((schema) -> new SchemaAccount(schema, schema, this.secrets.get("database." + schema)))
			.toList();
	}

	List<Part> all(EmbeddedDatabase database) {
		return Stream
			.of(Stream.of(identity(database)), SERVICES.stream().map((service) -> service(service, database)),
					Stream.of(edge()))
			.flatMap((parts) -> parts)
			.toList();
	}

	private Part identity(EmbeddedDatabase database) {
		Map<String, String> environment = datasource("identity", database);
		environment.put("PUNCTUAL_IDENTITY_ISSUER", issuer());
		environment.put("PUNCTUAL_IDENTITY_KEY_FILE", this.folder.identityKey().toString());
		environment.put("PUNCTUAL_IDENTITY_ADMIN_TOKEN", this.secrets.get("identity.admin"));
		environment.put("PUNCTUAL_IDENTITY_STAFF_PASSWORD", this.secrets.get("identity.staff"));
		bootstrap(environment, "provider", this.secrets.provider(), "punctual/provider.read,punctual/provider.write");
		for (String service : SERVICES) {
			bootstrap(environment, "service-" + service, this.secrets.get("client." + service), "punctual/internal");
		}
		return new Part("identity", this.root.resolve("local/identity"), IDENTITY_PORT, 80, List.of(), environment,
				readiness(IDENTITY_PORT));
	}

	private static void bootstrap(Map<String, String> environment, String clientId, String secret, String scopes) {
		String prefix = "PUNCTUAL_IDENTITY_BOOTSTRAP_" + clientId.replace("-", "").toUpperCase(Locale.ROOT);
		environment.put(prefix + "_CLIENT_ID", clientId);
		environment.put(prefix + "_CLIENT_SECRET", secret);
		environment.put(prefix + "_SCOPES", scopes);
	}

	private Part service(String name, EmbeddedDatabase database) {
		Map<String, String> environment = datasource(name, database);
		environment.put("SERVER_PORT", String.valueOf(port(name)));
		environment.put("SERVER_ADDRESS", "127.0.0.1");
		environment.put("PUNCTUAL_IDENTITY_ISSUER", issuer());
		environment.put("PUNCTUAL_IDENTITY_CLIENT_ID", "service-" + name);
		environment.put("PUNCTUAL_IDENTITY_CLIENT_SECRET", this.secrets.get("client." + name));
		environment.put("PUNCTUAL_SECRETS_KEY_FILE", this.folder.secretKeys().toString());
		environment.put("PUNCTUAL_TARGETS_ALLOW_LOOPBACK", "true");
		environment.put("PUNCTUAL_LOG_FORMAT", "plain");
		environment.put("PUNCTUAL_WEB_ORIGIN", "http://localhost:3000");
		if (name.equals("delivery")) {
			environment.put("SPRING_MAIL_HOST", "127.0.0.1");
			environment.put("SPRING_MAIL_PORT", String.valueOf(MailCatcher.SMTP_PORT));
			environment.put("PUNCTUAL_MAIL_LINK", "http://localhost:" + EDGE_PORT + "/v1/acknowledgements");
		}
		if (name.equals("clients")) {
			environment.put("PUNCTUAL_CREDENTIALS_ADMIN_TOKEN", this.secrets.get("identity.admin"));
			environment.put("PUNCTUAL_IDENTITY_ADMIN_TOKEN", this.secrets.get("identity.admin"));
		}
		for (String source : SERVICES) {
			environment.put("PUNCTUAL_SOURCES_" + source.toUpperCase(Locale.ROOT) + "_URL",
					"http://localhost:" + port(source));
		}
		return new Part(name, this.root.resolve("services").resolve(name), port(name), 144, List.of(), environment,
				readiness(port(name)));
	}

	private Part edge() {
		Map<String, String> environment = new HashMap<>();
		environment.put("SERVER_ADDRESS", "127.0.0.1");
		environment.put("PUNCTUAL_IDENTITY_ISSUER", issuer());
		environment.put("PUNCTUAL_EDGE_API_KEYS_URI", "http://127.0.0.1:" + IDENTITY_PORT + "/admin/api-keys");
		environment.put("PUNCTUAL_EDGE_API_KEYS_TOKEN", this.secrets.get("identity.admin"));
		for (String service : SERVICES) {
			environment.put("PUNCTUAL_EDGE_TARGETS_" + service.toUpperCase(Locale.ROOT),
					"http://127.0.0.1:" + port(service));
		}
		Path configuration = this.root.resolve("gateway-config");
		List<String> arguments = Stream
			.of(Stream.of("--document=" + configuration.resolve("openapi.yaml")),
					Stream.of(configuration.resolve("settings.yaml"))
						.filter(Files::exists)
						.map((settings) -> "--settings=" + settings),
					Stream.of("--port=" + EDGE_PORT, "--admin-port=" + EDGE_ADMIN_PORT))
			.flatMap((part) -> part)
			.toList();
		return new Part("edge", this.root.resolve("local/edge"), EDGE_PORT, 112, arguments, environment,
				URI.create("http://127.0.0.1:" + EDGE_ADMIN_PORT + "/health"));
	}

	private static Map<String, String> datasource(String schema, EmbeddedDatabase database) {
		SchemaAccount account = database.account(schema);
		Map<String, String> environment = new TreeMap<>();
		environment.put("SPRING_DATASOURCE_URL", database.jdbcUrl(schema));
		environment.put("SPRING_DATASOURCE_USERNAME", account.user());
		environment.put("SPRING_DATASOURCE_PASSWORD", account.password());
		environment.put("SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE", "4s");
		return environment;
	}

	private static URI readiness(int port) {
		return URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
	}

}
