package io.punctual.local.edge;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import io.punctual.local.edge.TestEdge.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which tokens the authorizer lets in, and that it answers every other with 401.
 */
class TokenTests {

	private static Shop shop;

	private static Issuer issuer;

	private static TestEdge edge;

	@BeforeAll
	static void start() throws IOException, JOSEException {
		shop = new Shop();
		issuer = new Issuer();
		edge = TestEdge.bookshop(shop, issuer.url());
	}

	@AfterAll
	static void stop() {
		edge.close();
		issuer.close();
		shop.close();
	}

	@Test
	void letsAnAccessTokenWithOneOfTheScopesIn() throws Exception {
		Reply reply = call("/orders", issuer.token(issuer.claims().subject("first")));
		assertThat(reply.status()).isEqualTo(200);
		assertThat(shop.last().headers().get("X-Subject")).containsExactly("first");
	}

	@Test
	void takesTheTokenWithoutBearerToo() throws Exception {
		assertThat(edge.get("/orders", "Authorization: " + issuer.token(issuer.claims())).status()).isEqualTo(200);
	}

	@Test
	void refusesATokenWithoutTheScope() throws Exception {
		refused(call("/orders", issuer.token(issuer.claims().claim("scope", "shop/orders.write"))));
	}

	@Test
	void refusesAScopeThatOnlyBeginsAlike() throws Exception {
		refused(call("/orders", issuer.token(issuer.claims().claim("scope", "shop/orders.readall shop/al"))));
	}

	@Test
	void refusesAnExpiredToken() throws Exception {
		Reply reply = call("/orders",
				issuer.token(issuer.claims().expirationTime(Date.from(Instant.now().minusSeconds(2)))));
		assertThat(reply.status()).isEqualTo(401);
		assertThat(reply.body()).isEqualTo("{\"message\":\"The incoming token has expired\"}");
	}

	@Test
	void refusesATokenWithoutExpiry() throws Exception {
		assertThat(call("/orders", issuer.token(issuer.claims().expirationTime(null))).status()).isEqualTo(401);
	}

	@Test
	void forgetsAVerifiedTokenWhenItExpires() throws Exception {
		Instant expiry;
		String token;
		int status;
		do {
			expiry = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
			token = issuer.token(issuer.claims().expirationTime(Date.from(expiry)));
			status = call("/orders", token).status();
		}
		// It had expired already if the machine was busy for so long.
		while (status != 200 && Instant.now().isAfter(expiry));
		assertThat(status).isEqualTo(200);
		Thread.sleep(Math.max(0, Duration.between(Instant.now(), expiry).toMillis() + 1));
		assertThat(call("/orders", token).status()).isEqualTo(401);
	}

	@Test
	void refusesAnotherIssuersToken() throws Exception {
		try (Issuer other = new Issuer()) {
			refused(call("/orders", other.token(other.claims())));
			refused(call("/orders", other.token(issuer.claims())));
		}
	}

	@Test
	void refusesOurKeyUnderAnotherIssuersName() throws Exception {
		refused(call("/orders", issuer.token(issuer.claims().issuer("http://localhost:9"))));
	}

	@Test
	void refusesAnUnsignedToken() throws Exception {
		refused(call("/orders", issuer.unsigned(issuer.claims())));
	}

	@Test
	void refusesATokenSignedWithThePublicKeyAsSecret() throws Exception {
		refused(call("/orders", issuer.confused(issuer.claims())));
	}

	@Test
	void refusesAChangedToken() throws Exception {
		String token = issuer.token(issuer.claims());
		String[] parts = token.split("\\.");
		String other = issuer.token(issuer.claims().claim("scope", "shop/all")).split("\\.")[1];
		refused(call("/orders", parts[0] + "." + other + "." + parts[2]));
	}

	@Test
	void refusesAnIdTokenWhereAScopeIsAsked() throws Exception {
		refused(call("/orders", issuer.token(issuer.claims().claim("token_use", "id"))));
	}

	@Test
	void takesAnIdTokenAndNoAccessTokenWhereNoScopeIsAsked() throws Exception {
		JWTClaimsSet.Builder id = issuer.claims().claim("token_use", "id").claim("scope", null);
		assertThat(call("/me", issuer.token(id)).status()).isEqualTo(200);
		refused(call("/me", issuer.token(issuer.claims())));
	}

	@Test
	void refusesWhatIsNoToken() throws Exception {
		for (String text : new String[] { "x", "a.b.c", "", "..", "Basic YTpi" }) {
			refused(call("/orders", text));
		}
	}

	@Test
	void neverShowsOneCallersCachedAnswerToAnother() throws Exception {
		String ann = issuer.token(issuer.claims().subject("cache-ann"));
		String bob = issuer.token(issuer.claims().subject("cache-bob"));
		String first = call("/orders", ann).body();
		assertThat(call("/orders", ann).body()).isEqualTo(first);
		assertThat(call("/orders", bob).body()).isNotEqualTo(first);
		refused(call("/orders", "x"));
	}

	@Test
	void answersAnAuthorizerFailureWhileTheIssuerIsDown() throws Exception {
		try (Issuer down = new Issuer(); TestEdge other = TestEdge.bookshop(shop, "http://localhost:1")) {
			Reply reply = other.get("/orders", "Authorization: Bearer " + down.token(down.claims()));
			assertThat(reply.status()).isEqualTo(500);
			assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("AuthorizerFailureException");
		}
	}

	private static Reply call(String path, String token) throws IOException {
		return edge.get(path, "Authorization: Bearer " + token);
	}

	private static void refused(Reply reply) {
		assertThat(reply.status()).isEqualTo(401);
		assertThat(reply.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
		assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("UnauthorizedException");
	}

}
