package io.punctual.local.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.jwk.RSAKey;
import io.punctual.local.database.DatabaseOptions;
import io.punctual.local.database.EmbeddedDatabase;
import io.punctual.local.database.SchemaAccount;

/**
 * The edge, identity and the {@code clients} service, each a process from its jar, on a
 * database that is thrown away.
 */
final class RunningSystem implements AutoCloseable {

	static final String PROVIDER_SECRET = "a-provider-that-knows-its-secret";

	private static final Path ROOT = Path.of("../..");

	private static final String ADMIN_TOKEN = "only-for-this-test";

	private static final String SERVICE_SECRET = "a-service-that-knows-its-secret";

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private final Path folder;

	private final EmbeddedDatabase database;

	private final List<Process> processes = new ArrayList<>();

	private final int identityPort = freePort();

	private final int clientsPort = freePort();

	private final int edgePort = freePort();

	private final int edgeAdminPort = freePort();

	RunningSystem(Path folder) throws IOException {
		this.folder = folder;
		this.database = EmbeddedDatabase.start(
				DatabaseOptions.temporary().schema(SchemaAccount.of("clients")).schema(SchemaAccount.of("identity")));
	}

	void start() throws IOException, InterruptedException {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		Files.writeString(this.folder.resolve("secrets.key"), "1=" + Base64.getEncoder().encodeToString(key) + "\n");
		start("local/identity", identity());
		start("services/clients", clients());
		start("local/edge", edge(), "--document=" + ROOT.resolve("gateway-config/openapi.yaml"),
				"--settings=" + ROOT.resolve("gateway-config/settings.yaml"), "--port=" + this.edgePort,
				"--admin-port=" + this.edgeAdminPort);
		awaitReady("local/identity", issuer() + "/actuator/health/readiness");
		awaitReady("services/clients", clientsUrl() + "/actuator/health/readiness");
		awaitReady("local/edge", "http://127.0.0.1:" + this.edgeAdminPort + "/health");
	}

	private Map<String, String> identity() {
		Map<String, String> environment = datasource("identity");
		environment.put("SERVER_PORT", String.valueOf(this.identityPort));
		environment.put("PUNCTUAL_IDENTITY_ISSUER", issuer());
		environment.put("PUNCTUAL_IDENTITY_KEY_FILE", this.folder.resolve("identity-key.json").toString());
		environment.put("PUNCTUAL_IDENTITY_ADMIN_TOKEN", ADMIN_TOKEN);
		bootstrap(environment, "provider", PROVIDER_SECRET, "punctual/provider.read,punctual/provider.write");
		bootstrap(environment, "service", SERVICE_SECRET, "punctual/internal");
		return environment;
	}

	private static void bootstrap(Map<String, String> environment, String clientId, String secret, String scopes) {
		String prefix = "PUNCTUAL_IDENTITY_BOOTSTRAP_" + clientId.toUpperCase(Locale.ROOT);
		environment.put(prefix + "_CLIENT_ID", clientId);
		environment.put(prefix + "_CLIENT_SECRET", secret);
		environment.put(prefix + "_SCOPES", scopes);
	}

	private Map<String, String> clients() {
		Map<String, String> environment = datasource("clients");
		environment.put("SERVER_PORT", String.valueOf(this.clientsPort));
		environment.put("PUNCTUAL_IDENTITY_ISSUER", issuer());
		environment.put("PUNCTUAL_IDENTITY_CLIENT_ID", "service");
		environment.put("PUNCTUAL_IDENTITY_CLIENT_SECRET", SERVICE_SECRET);
		environment.put("PUNCTUAL_CREDENTIALS_ADMIN_URL", issuer() + "/admin");
		environment.put("PUNCTUAL_CREDENTIALS_ADMIN_TOKEN", ADMIN_TOKEN);
		environment.put("PUNCTUAL_SECRETS_KEY_FILE", this.folder.resolve("secrets.key").toString());
		environment.put("PUNCTUAL_SOURCES_DELIVERY_URL", "http://127.0.0.1:1");
		environment.put("PUNCTUAL_LOG_FORMAT", "plain");
		return environment;
	}

	private Map<String, String> edge() {
		Map<String, String> environment = new TreeMap<>();
		environment.put("PUNCTUAL_IDENTITY_ISSUER", issuer());
		environment.put("PUNCTUAL_EDGE_API_KEYS_URI", issuer() + "/admin/api-keys");
		environment.put("PUNCTUAL_EDGE_API_KEYS_TOKEN", ADMIN_TOKEN);
		environment.put("PUNCTUAL_EDGE_TARGETS_CLIENTS", clientsUrl());
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

	private void start(String module, Map<String, String> environment, String... arguments) throws IOException {
		String name = Path.of(module).getFileName().toString();
		Path jar = ROOT.resolve(module).resolve("target").resolve(name + "-1.0.0-SNAPSHOT-app.jar");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx160m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar.toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(log(module).toFile());
		builder.environment().putAll(environment);
		Process process = builder.start();
		this.processes.add(process);
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
	}

	private Path log(String module) {
		return this.folder.resolve(module.replace('/', '-') + ".log");
	}

	private void awaitReady(String module, String health) throws IOException, InterruptedException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (Caller.statusOf(URI.create(health)) != 200) {
			if (System.nanoTime() > end || !this.processes.stream().allMatch(Process::isAlive)) {
				throw new IllegalStateException(module + " is not ready:\n" + Files.readString(log(module)));
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

	/**
	 * The service itself, past the edge.
	 */
	String clientsUrl() {
		return "http://127.0.0.1:" + this.clientsPort;
	}

	/**
	 * The key that identity signs with, which nobody else has.
	 */
	RSAKey signingKey() throws IOException, ParseException {
		return RSAKey.parse(Files.readString(this.folder.resolve("identity-key.json")));
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException("No port is free", ex);
		}
	}

	@Override
	public void close() {
		this.processes.forEach(Process::destroy);
		for (Process process : this.processes) {
			try {
				if (!process.waitFor(10, TimeUnit.SECONDS)) {
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
