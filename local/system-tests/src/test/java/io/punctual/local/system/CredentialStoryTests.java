package io.punctual.local.system;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

import io.punctual.local.system.Caller.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client's credential from the API call that makes it to the one that ends it, used
 * through the edge as a client's machine does.
 */
@ExtendWith(SharedSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialStoryTests {

	/** All that a client may read of what the service has of it. */
	private static final List<String> OWN = List.of("", "/contacts", "/endpoints", "/credentials", "/components",
			"/agreement");

	private final AtomicInteger names = new AtomicInteger();

	@SuppressWarnings("NullAway.Init")
	private RunningSystem system;

	@SuppressWarnings("NullAway.Init")
	private Caller provider;

	@BeforeAll
	void signIn(RunningSystem system) {
		this.system = system;
		this.provider = Caller.signedIn(this.system.edgeUrl(), this.system.issuer(), "provider",
				RunningSystem.PROVIDER_SECRET);
	}

	@Test
	void isMadeUsedRotatedAndRevoked() {
		String own = "/v1/clients/" + client();
		JsonNode first = credential(own);
		Caller former = signedIn(first);
		assertThat(former.get(own).status()).isEqualTo(200);

		JsonNode second = credential(own);
		Caller next = signedIn(second);
		assertThat(former.get(own).status()).isEqualTo(200);
		assertThat(next.get(own).status()).isEqualTo(200);
		assertThat(this.provider.post(own + "/credentials", Map.of("name", "a third")).status()).isEqualTo(409);
		Reply listed = this.provider.get(own + "/credentials");
		assertThat(states(listed)).containsExactly("ACTIVE", "ACTIVE");
		assertThat(listed.body().toString()).doesNotContain(secret(first), secret(second),
				first.path("apiKey").asString());

		assertThat(this.provider.delete(own + "/credentials/" + first.path("id").asString()).status()).isEqualTo(204);
		// Its token is good for an hour still, and opens nothing at once, at either door.
		refused(former.get(own), 403, "forbidden");
		refused(former.at(this.system.serviceUrl("clients")).get(own), 403, "forbidden");
		Reply again = Caller.token(this.system.issuer(), oauthClient(first), secret(first));
		assertThat(again.status()).isEqualTo(401);
		assertThat(next.get(own).status()).isEqualTo(200);
		assertThat(states(this.provider.get(own + "/credentials"))).containsExactlyInAnyOrder("ACTIVE", "REVOKED");
	}

	@Test
	void opensNothingOfAnotherClientAndMakesNothing() {
		String own = "/v1/clients/" + client();
		String others = "/v1/clients/" + client();
		JsonNode othersCredential = credential(others);
		Caller caller = signedIn(credential(own));
		for (String path : OWN) {
			Reply reply = caller.get(others + path);
			refused(reply, 404, "not-found");
			Reply none = caller.get("/v1/clients/cli_01JG8ZT2M4Q9V7X3B5N6K8H1R2" + path);
			assertThat(none.status()).as(path).isEqualTo(404);
			// Nothing tells what is another's from what is nobody's.
			assertThat(none.body().path("title")).isEqualTo(reply.body().path("title"));
		}
		assertThat(caller.get(own).status()).isEqualTo(200);
		refused(caller.post(own + "/credentials", Map.of("name", "mine")), 401, "unauthenticated");
		refused(caller.delete(others + "/credentials/" + othersCredential.path("id").asString()), 401,
				"unauthenticated");
		assertThat(signedIn(othersCredential).get(others).status()).isEqualTo(200);
	}

	@Test
	void aTokenThatIsNotOneOpensNeitherTheEdgeNorTheServiceBehindIt() throws Exception {
		String own = "/v1/clients/" + client();
		JsonNode others = credential("/v1/clients/" + client());
		Caller caller = signedIn(credential(own));
		Forger forger = new Forger(this.system.signingKey(), caller.token());
		assertThat(caller.with(forger.faultless()).get(own).status()).isEqualTo(200);
		forger.tokens(oauthClient(others)).forEach((fault, token) -> {
			Caller forged = caller.with(token);
			Reply reply = forged.get(own);
			assertThat(reply.status()).as(fault).isEqualTo(401);
			refused(reply, 401, "unauthenticated");
			assertThat(forged.at(this.system.serviceUrl("clients")).get(own).status()).as(fault + ", at the service")
				.isEqualTo(401);
		});
		assertThat(caller.get(own).status()).isEqualTo(200);
	}

	private String client() {
		Reply made = this.provider.post("/v1/clients",
				Map.of("externalId", "story-" + this.names.incrementAndGet(), "name", "A client"));
		assertThat(made.status()).isEqualTo(201);
		return made.body().path("id").asString();
	}

	private JsonNode credential(String client) {
		Reply made = this.provider.post(client + "/credentials", Map.of("name", "production"));
		assertThat(made.status()).isEqualTo(201);
		assertThat(secret(made.body())).hasSizeGreaterThan(20);
		return made.body();
	}

	private Caller signedIn(JsonNode credential) {
		return Caller.signedIn(this.system.edgeUrl(), this.system.issuer(), oauthClient(credential),
				secret(credential));
	}

	private static String oauthClient(JsonNode credential) {
		return credential.path("oauthClientId").asString();
	}

	private static String secret(JsonNode credential) {
		return credential.path("clientSecret").asString();
	}

	private static List<String> states(Reply credentials) {
		return StreamSupport.stream(credentials.body().path("items").spliterator(), false)
			.map((credential) -> credential.path("state").asString())
			.toList();
	}

	private static void refused(Reply reply, int status, String problem) {
		assertThat(reply.status()).isEqualTo(status);
		assertThat(reply.contentType()).startsWith("application/problem+json");
		assertThat(reply.problem()).isEqualTo(problem);
	}

}
