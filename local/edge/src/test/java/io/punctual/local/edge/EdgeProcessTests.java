package io.punctual.local.edge;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.punctual.local.database.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The edge as a process of its own, by the options that its README gives, with a document
 * that is not Punctual's.
 */
class EdgeProcessTests {

	private static final Path BOOKSHOP = Path.of("src/test/resources/bookshop.yaml");

	private static final String SETTINGS = "--settings=src/test/resources/bookshop-settings.yaml";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@Test
	void runsADocumentWithItsSettingsOnAPort() throws Exception {
		int port = FreePort.find();
		Process process = start("--document=" + BOOKSHOP, SETTINGS, "--port=" + port, "--admin-port=0");
		try {
			HttpResponse<String> answer = ask(process, "http://localhost:" + port + "/nothing");
			assertThat(answer.statusCode()).isEqualTo(403);
			assertThat(answer.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
			process.destroy();
			assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void endsAtOnceWithFileAndLineOfWhatItDoesNotSupport() throws Exception {
		List<String> lines = new ArrayList<>(Files.readAllLines(BOOKSHOP));
		int at = lines.indexOf("paths:");
		lines.add(at, "x-amazon-apigateway-policy: {Version: \"2012-10-17\"}");
		Path broken = this.folder.resolve("broken.yaml");
		Files.write(broken, lines);
		Process process = start("--document=" + broken, SETTINGS, "--port=0", "--admin-port=0");
		try {
			assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isNotZero();
			assertThat(said()).contains("broken.yaml:" + (at + 1) + ": ").contains("x-amazon-apigateway-policy");
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void takesTheTokensOfAnyIssuerAndSendsOnToWhereItIsTold() throws Exception {
		int port = FreePort.find();
		try (Shop shop = new Shop(); Issuer issuer = new Issuer()) {
			// Neither the issuer's name nor the keys' address follows from the other.
			Map<String, String> environment = Map.of("PUNCTUAL_EDGE_ISSUER", "https://login.example/tenant/7",
					"PUNCTUAL_EDGE_JWKS_URI", issuer.url() + "/oauth2/jwks", "PUNCTUAL_EDGE_TARGETS_SHOP", shop.url());
			Process process = start(environment, "--document=" + BOOKSHOP, SETTINGS, "--port=" + port,
					"--admin-port=0");
			try {
				String orders = "http://localhost:" + port + "/orders";
				assertThat(ask(process, orders).statusCode()).isEqualTo(401);
				String token = issuer.token(issuer.claims().issuer("https://login.example/tenant/7"));
				assertThat(ask(process, orders, "Bearer " + token).statusCode()).isEqualTo(200);
				assertThat(shop.last().headers().get("X-Subject")).containsExactly("ann");
				assertThat(ask(process, orders, "Bearer " + issuer.token(issuer.claims())).statusCode()).isEqualTo(401);
			}
			finally {
				process.destroyForcibly();
			}
		}
	}

	private Process start(String... options) throws IOException {
		return start(Map.of(), options);
	}

	private Process start(Map<String, String> environment, String... options) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx112m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
						EdgeApplication.class.getName()));
		command.addAll(List.of(options));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("said").toFile());
		builder.environment().putAll(environment);
		return builder.start();
	}

	private HttpResponse<String> ask(Process process, String url) throws Exception {
		return ask(process, url, "none");
	}

	private HttpResponse<String> ask(Process process, String url, String authorization) throws Exception {
		long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
		try (HttpClient client = HttpClient.newHttpClient()) {
			while (true) {
				try {
					return client.send(
							HttpRequest.newBuilder(URI.create(url)).header("Authorization", authorization).build(),
							HttpResponse.BodyHandlers.ofString());
				}
				catch (IOException ex) {
					if (!process.isAlive() || System.nanoTime() - end > 0) {
						throw new IllegalStateException(said(), ex);
					}
					LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
				}
			}
		}
	}

	private String said() throws IOException {
		return Files.readString(this.folder.resolve("said"));
	}

}
