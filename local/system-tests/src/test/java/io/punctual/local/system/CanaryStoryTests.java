package io.punctual.local.system;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tries the system from outside on AWS, run against all of it: it needs Node, as the
 * infrastructure does.
 */
@EnabledIf("thereIsNode")
@ExtendWith(SharedSystem.class)
class CanaryStoryTests {

	private static final Path CANARY = Path.of("../../infrastructure/src/main/resources/canary/canary.mjs");

	@Test
	void makesItsClientPublishesAndHasItsWebhookAndGoesOnWithWhatItMade(RunningSystem system) throws Exception {
		List<JsonNode> results = sing(system, 2);
		assertThat(results).hasSize(2).allSatisfy((result) -> {
			assertThat(result.path("ok").asInt()).as(result.toString()).isOne();
			assertThat(result.path("arrivedMs").asInt()).isBetween(0, 60_000);
		});
		assertThat(results.get(0).path("updateId")).isNotEqualTo(results.get(1).path("updateId"));
		JsonNode setup = results.get(0).path("setup");
		assertThat(results.get(1).path("setup")).isEqualTo(setup);
		Caller provider = Caller.signedIn(system.edgeUrl(), system.issuer(), "provider", RunningSystem.PROVIDER_SECRET);
		assertThat(
				provider.get("/v1/clients/" + setup.path("clientId").asString()).body().path("synthetic").asBoolean())
			.isTrue();
		assertThat(provider.get("/v1/notices/" + setup.path("noticeId").asString()).body().path("drill").asBoolean())
			.isTrue();
	}

	private static List<JsonNode> sing(RunningSystem system, int times) throws Exception {
		ProcessBuilder node = new ProcessBuilder("node",
				Path.of("src/test/resources/canary-driver.mjs").toAbsolutePath().toString());
		node.environment()
			.putAll(Map.of("API", system.edgeUrl(), "CANARY", CANARY.toAbsolutePath().normalize().toUri().toString(),
					"CLIENT_ID", "provider", "CLIENT_SECRET", RunningSystem.PROVIDER_SECRET, "TIMES",
					String.valueOf(times), "TOKEN_URI", system.issuer() + "/oauth2/token"));
		Process process = node.redirectError(ProcessBuilder.Redirect.INHERIT).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return output.lines().map((line) -> new JsonMapper().readTree(line)).toList();
	}

	static boolean thereIsNode() {
		try {
			return new ProcessBuilder("node", "--version").start().waitFor() == 0;
		}
		catch (java.io.IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
