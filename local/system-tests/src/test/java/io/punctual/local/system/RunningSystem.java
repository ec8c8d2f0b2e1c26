package io.punctual.local.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.jwk.RSAKey;
import io.punctual.local.database.DatabaseOptions;
import io.punctual.local.database.EmbeddedDatabase;
import io.punctual.local.database.FreePort;
import io.punctual.local.database.SchemaAccount;

/**
 * The edge, identity and some services, each a process from its jar, on a database that
 * is thrown away.
 */
final class RunningSystem implements AutoCloseable {

	static final String PROVIDER_SECRET = "a-provider-that-knows-its-secret";

	private static final Path ROOT = Path.of("../..");

	private static final List<String> ALL = List.of("clients", "notices", "delivery", "sla");

	private static final String READINESS = "/actuator/health/readiness";

	static final String RELEASE_SECRET = "a-release-that-knows-its-secret";

	private static final String ADMIN_TOKEN = "only-for-this-test";

	private static final String SERVICE_SECRET = "a-service-that-knows-its-secret";

	private static final Duration PATIENCE = Duration.ofSeconds(300);

	private final Path folder;

	private final EmbeddedDatabase database;

	private final Map<String, Process> processes = new LinkedHashMap<>();

	private final int identityPort = FreePort.find();

	private final Map<String, Integer> servicePorts = new TreeMap<>();

	private final int edgePort = FreePort.find();

	private final int edgeAdminPort = FreePort.find();

	/**
	 * @param folder where its files are
	 * @param services which of the four there are; {@code clients} is one
	 */
	RunningSystem(Path folder, String... services) throws IOException {
		this.folder = folder;
		DatabaseOptions options = DatabaseOptions.temporary().schema(SchemaAccount.of("identity"));
		for (String service : services) {
			this.servicePorts.put(service, FreePort.find());
			options = options.schema(SchemaAccount.of(service));
		}
		this.database = EmbeddedDatabase.start(options);
	}

	/**
	 * Starts all of it.
	 * @param more what its services are told besides
	 */
	void start(Map<String, String> more) throws IOException, InterruptedException {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		Files.writeString(this.folder.resolve("secrets.key"), "1=" + Base64.getEncoder().encodeToString(key) + "\n");
		start("local/identity", "identity", identity());
		for (Map.Entry<String, Integer> service : this.servicePorts.entrySet()) {
			start("services/" + service.getKey(), service.getKey(),
					service(service.getKey(), service.getValue(), more));
		}
		start("local/edge", "edge", edge(), "--document=" + ROOT.resolve("gateway-config/openapi.yaml"),
				"--settings=" + ROOT.resolve("gateway-config/settings.yaml"), "--port=" + this.edgePort,
				"--admin-port=" + this.edgeAdminPort);
		awaitReady("identity", issuer() + READINESS);
		for (String service : this.servicePorts.keySet()) {
			awaitReady(service, serviceUrl(service) + READINESS);
		}
		awaitReady("edge", edgeAdminUrl() + "/health");
	}

	/**
	 * Starts another process of a service, on the same schema.
	 * @param more what it is told otherwise than the first
	 * @return its address
	 */
	String startBeside(String service, Map<String, String> more) throws IOException, InterruptedException {
		int port = FreePort.find();
		String name = service + "-" + port;
		start("services/" + service, name, service(service, port, more));
		String address = "http://127.0.0.1:" + port;
		awaitReady(name, address + READINESS);
		return address;
	}

	private Map<String, String> identity() {
		Map<String, String> environment = datasource("identity");
		environment.put("SERVER_PORT", String.valueOf(this.identityPort));
		environment.put("PUNCTUAL_IDENTITY_ISSUER", issuer());
		environment.put("PUNCTUAL_IDENTITY_KEY_FILE", this.folder.resolve("identity-key.json").toString());
		environment.put("PUNCTUAL_IDENTITY_ADMIN_TOKEN", ADMIN_TOKEN);
		bootstrap(environment, "provider", PROVIDER_SECRET, "punctual/provider.read,punctual/provider.write");
		bootstrap(environment, "service", SERVICE_SECRET, "punctual/internal");
		bootstrap(environment, "release", RELEASE_SECRET,
				"punctual/provider.read,punctual/provider.write,punctual/internal");
		return environment;
	}

	private static void bootstrap(Map<String, String> environment, String clientId, String secret, String scopes) {
		String prefix = "PUNCTUAL_IDENTITY_BOOTSTRAP_" + clientId.toUpperCase(Locale.ROOT);
		environment.put(prefix + "_CLIENT_ID", clientId);
		environment.put(prefix + "_CLIENT_SECRET", secret);
		environment.put(prefix + "_SCOPES", scopes);
	}

	private Map<String, String> service(String name, int port, Map<String, String> more) {
		Map<String, String> environment = datasource(name);
		environment.put("SERVER_PORT", String.valueOf(port));
		environment.put("PUNCTUAL_IDENTITY_ISSUER", issuer());
		environment.put("PUNCTUAL_IDENTITY_CLIENT_ID", "service");
		environment.put("PUNCTUAL_IDENTITY_CLIENT_SECRET", SERVICE_SECRET);
		environment.put("PUNCTUAL_CREDENTIALS_ADMIN_URL", issuer() + "/admin");
		environment.put("PUNCTUAL_CREDENTIALS_ADMIN_TOKEN", ADMIN_TOKEN);
		environment.put("PUNCTUAL_SECRETS_KEY_FILE", this.folder.resolve("secrets.key").toString());
		environment.put("PUNCTUAL_TARGETS_ALLOW_LOOPBACK", "true");
		for (String source : ALL) {
			environment.put("PUNCTUAL_SOURCES_" + source.toUpperCase(Locale.ROOT) + "_URL",
					this.servicePorts.containsKey(source) ? serviceUrl(source) : "http://127.0.0.1:1");
		}
		environment.put("PUNCTUAL_LOG_FORMAT", "plain");
		environment.putAll(more);
		return environment;
	}

	private Map<String, String> edge() {
		Map<String, String> environment = new TreeMap<>();
		environment.put("PUNCTUAL_IDENTITY_ISSUER", issuer());
		environment.put("PUNCTUAL_EDGE_API_KEYS_URI", issuer() + "/admin/api-keys");
		environment.put("PUNCTUAL_EDGE_API_KEYS_TOKEN", ADMIN_TOKEN);
		this.servicePorts.keySet()
			.forEach((service) -> environment.put("PUNCTUAL_EDGE_TARGETS_" + service.toUpperCase(Locale.ROOT),
					serviceUrl(service)));
		return environment;
	}

	private Map<String, String> datasource(String schema) {
		SchemaAccount account = this.database.account(schema);
		Map<String, String> environment = new TreeMap<>();
		environment.put("SPRING_DATASOURCE_URL", this.database.jdbcUrl(schema));
		environment.put("SPRING_DATASOURCE_USERNAME", account.user());
		environment.put("SPRING_DATASOURCE_PASSWORD", account.password());
		environment.put("SERVER_ADDRESS", "127.0.0.1");
		return environment;
	}

	private void start(String module, String name, Map<String, String> environment, String... arguments)
			throws IOException {
		Path jar = ExtractedJar.of(ROOT.resolve(module));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx160m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar.toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(log(name).toFile());
		builder.environment().putAll(environment);
		Process process = builder.start();
		this.processes.put(name, process);
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
	}

	private Path log(String name) {
		return this.folder.resolve(name + ".log");
	}

	private void awaitReady(String name, String health) throws IOException, InterruptedException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (Caller.statusOf(URI.create(health)) != 200) {
			for (Map.Entry<String, Process> process : this.processes.entrySet()) {
				if (!process.getValue().isAlive()) {
					throw new IllegalStateException("%s ended with %d:\n%s".formatted(process.getKey(),
							process.getValue().exitValue(), Files.readString(log(process.getKey()))));
				}
			}
			if (System.nanoTime() > end) {
				throw new IllegalStateException(name + " is not ready:\n" + Files.readString(log(name)));
			}
			Thread.sleep(50);
		}
	}

	String issuer() {
		return "http://127.0.0.1:" + this.identityPort;
	}

	String edgeUrl() {
		return "http://127.0.0.1:" + this.edgePort;
	}

	String edgeAdminUrl() {
		return "http://127.0.0.1:" + this.edgeAdminPort;
	}

	/**
	 * A service itself, past the edge.
	 */
	String serviceUrl(String service) {
		return "http://127.0.0.1:" + this.servicePorts.get(service);
	}

	/**
	 * The key that identity signs with, which nobody else has.
	 */
	RSAKey signingKey() throws IOException, ParseException {
		return RSAKey.parse(Files.readString(this.folder.resolve("identity-key.json")));
	}

	@Override
	public void close() {
		this.processes.values().forEach(Process::destroy);
		for (Process process : this.processes.values()) {
			try {
				if (!process.waitFor(60, TimeUnit.SECONDS)) {
					process.destroyForcibly();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		this.database.close();
	}

}
