package io.punctual.shared.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests of {@link TargetPolicy} against a corpus of hostile and honest URLs.
 */
class TargetPolicyTests {

	private final TargetPolicy policy = new TargetPolicy(false);

	@TestFactory
	Stream<DynamicTest> everyTargetOfTheCorpusIsJudgedAtItsLatestMoment() {
		return corpus().map((target) -> DynamicTest
			.dynamicTest(target.get("group").asString() + " " + target.get("url").toString(), () -> judge(target)));
	}

	private void judge(JsonNode target) throws Exception {
		String url = target.get("url").asString();
		String phase = target.path("phase").asString("");
		if (phase.equals("register")) {
			assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> this.policy.check(url))
				.satisfies((ex) -> assertThat(ex.type()).isEqualTo(ProblemType.TARGET_FORBIDDEN));
			return;
		}
		URI accepted = this.policy.check(url);
		assertThat(accepted.toString()).startsWith("https://").isASCII();
		if (phase.equals("connect")) {
			JsonNode addresses = target.has("resolvesLaterTo") ? target.get("resolvesLaterTo")
					: target.get("resolvesTo");
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> resolve(accepted, addresses))
				.isInstanceOfAny(ForbiddenAddressException.class, UnknownHostException.class);
		}
		else if (target.has("resolvesTo")) {
			assertThat(resolve(accepted, target.get("resolvesTo"))).isNotEmpty();
		}
		else {
			assertThat(this.policy.isAllowed(Objects.requireNonNull(TargetHost.literal(accepted.getHost())))).isTrue();
		}
	}

	private List<InetAddress> resolve(URI url, JsonNode addresses) throws UnknownHostException {
		return this.policy.resolve(url.getAuthority(), (host) -> {
			InetAddress[] resolved = new InetAddress[addresses.size()];
			for (int i = 0; i < resolved.length; i++) {
				resolved[i] = InetAddress.getByName(addresses.get(i).asString());
			}
			return resolved;
		});
	}

	@Test
	void aLaptopMayBeAllowedItsOwnHostAndNothingElse() {
		TargetPolicy laptop = new TargetPolicy(true);
		assertThat(laptop.check("http://127.0.0.1:9101/hook")).hasToString("http://127.0.0.1:9101/hook");
		assertThat(laptop.check("http://localhost:9101/hook")).hasToString("http://localhost:9101/hook");
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> laptop.check("http://10.0.0.1/hook"));
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> laptop.check("http://hooks.example.com/hook"));
		assertThatNoException().isThrownBy(() -> laptop.resolve("127.0.0.1"));
		assertThatExceptionOfType(ForbiddenAddressException.class).isThrownBy(() -> laptop.resolve("10.0.0.1"));
	}

	@Test
	void aLaptopMayBeAllowedAHostByItsNameAndOnlyByThat() throws UnknownHostException {
		TargetPolicy laptop = new TargetPolicy(false, Set.of("host.docker.internal"));
		InetAddress bridge = InetAddress.getByName("172.17.0.1");
		assertThat(laptop.check("http://host.docker.internal:9101/hook"))
			.hasToString("http://host.docker.internal:9101/hook");
		assertThat(laptop.resolve("host.docker.internal", (host) -> new InetAddress[] { bridge }))
			.containsExactly(bridge);
		assertThat(laptop.isAllowed("host.docker.internal", bridge)).isTrue();
		assertThat(laptop.isAllowed("hooks.example.com", bridge)).isFalse();
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> laptop.check("http://172.17.0.1:9101/hook"));
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> laptop.check("http://other.docker.internal:9101/hook"));
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> laptop.check("http://localhost:9101/hook"));
	}

	private static Stream<JsonNode> corpus() {
		JsonMapper json = new JsonMapper();
		try (var stream = Objects
			.requireNonNull(TargetPolicyTests.class.getResourceAsStream("/targets/targets.jsonl"))) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().map(json::readTree);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
