package io.punctual.local.identity;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.punctual.testing.database.TestSchema;
import io.punctual.testing.database.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "punctual.identity.issuer=http://localhost:9000", "punctual.identity.admin.token=admin-token",
				"punctual.identity.bootstrap.provider.client-id=provider",
				"punctual.identity.bootstrap.provider.client-secret=provider-secret",
				"punctual.identity.bootstrap.provider.scopes=punctual/provider.read,punctual/provider.write" })
class IdentityApplicationTests {

	private static final TestSchema database = TestServer.shared().createSchema("identity");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	static Path folder;

	private final HttpClient http = HttpClient.newHttpClient();

	private final JsonMapper json = new JsonMapper();

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("spring.datasource.url", database::jdbcUrl);
		registry.add("spring.datasource.username", database::user);
		registry.add("spring.datasource.password", database::password);
		registry.add("punctual.identity.key-file", () -> folder.resolve("key.json"));
	}

	@AfterAll
	static void dropSchema() {
		TestServer.shared().dropSchema(database.schema());
	}

	@Test
	void issuesTokensAsCognitoDoes() throws Exception {
		HttpResponse<String> answer = token(
				Map.of("client_id", "provider", "client_secret", "provider-secret", "scope", "punctual/provider.read"));
		assertThat(answer.statusCode()).isEqualTo(200);
		JsonNode body = this.json.readTree(answer.body());
		assertThat(body.get("token_type").asString()).isEqualTo("Bearer");
		assertThat(body.get("expires_in").asInt()).isBetween(3590, 3600);
		JWTClaimsSet claims = verified(body.get("access_token").asString());
		assertThat(claims.getIssuer()).isEqualTo("http://localhost:9000");
		assertThat(claims.getSubject()).isEqualTo("provider");
		assertThat(claims.getClaims()).containsOnlyKeys("sub", "token_use", "scope", "auth_time", "iss", "exp", "iat",
				"version", "jti", "client_id");
		assertThat(claims.getClaims()).containsEntry("client_id", "provider")
			.containsEntry("token_use", "access")
			.containsEntry("scope", "punctual/provider.read")
			.containsEntry("version", 2L);
		Duration life = Duration.between(claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant());
		assertThat(life).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void givesAllScopesWhenNoneIsAsked() throws Exception {
		HttpResponse<String> answer = token(Map.of("client_id", "provider", "client_secret", "provider-secret"));
		JWTClaimsSet claims = verified(this.json.readTree(answer.body()).get("access_token").asString());
		assertThat(claims.getStringClaim("scope")).isEqualTo("punctual/provider.read punctual/provider.write");
	}

	@Test
	void refusesAScopeThatTheClientLacks() throws Exception {
		HttpResponse<String> answer = token(
				Map.of("client_id", "provider", "client_secret", "provider-secret", "scope", "punctual/internal"));
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("invalid_scope");
	}

	@Test
	void refusesAWrongSecret() throws Exception {
		HttpResponse<String> answer = token(Map.of("client_id", "provider", "client_secret", "wrong"));
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.body()).contains("invalid_client");
	}

	@Test
	void makesAndDeletesMachineClients() throws Exception {
		HttpResponse<String> made = admin("admin-token", "{\"name\":\"Acme\",\"scopes\":[\"punctual/client\"]}");
		assertThat(made.statusCode()).isEqualTo(201);
		JsonNode credential = this.json.readTree(made.body());
		Map<String, String> form = Map.of("client_id", credential.get("clientId").asString(), "client_secret",
				credential.get("clientSecret").asString());
		assertThat(token(form).statusCode()).isEqualTo(200);
		assertThat(delete(credential.get("clientId").asString()).statusCode()).isEqualTo(204);
		assertThat(token(form).statusCode()).isEqualTo(401);
		assertThat(delete(credential.get("clientId").asString()).statusCode()).isEqualTo(204);
		assertThat(delete("provider").statusCode()).isEqualTo(409);
	}

	@Test
	void makesAnApiKeyWithAClientAndForgetsBoth() throws Exception {
		HttpResponse<String> made = admin("admin-token",
				"{\"name\":\"Acme\",\"scopes\":[\"punctual/client\"],\"usagePlan\":\"clients\"}");
		JsonNode credential = this.json.readTree(made.body());
		String value = credential.get("apiKey").asString();
		assertThat(value).hasSizeBetween(20, 128);
		assertThat(keys("admin-token").body()).doesNotContain(value)
			.contains("{\"id\":\"%s\",\"valueSha256\":\"%s\",\"usagePlan\":\"clients\"}"
				.formatted(credential.get("apiKeyId").asString(), SecretEncoder.hex(value)));
		delete(credential.get("clientId").asString());
		assertThat(keys("admin-token").body()).doesNotContain(credential.get("apiKeyId").asString());
		assertThat(keys("wrong").statusCode()).isEqualTo(401);
	}

	private HttpResponse<String> keys(String token) throws Exception {
		return send(HttpRequest.newBuilder(uri("/admin/api-keys")).header("Authorization", "Bearer " + token));
	}

	@Test
	void administersForTheAdministratorOnly() throws Exception {
		String body = "{\"name\":\"Acme\",\"scopes\":[\"punctual/client\"]}";
		assertThat(admin("wrong", body).statusCode()).isEqualTo(401);
		assertThat(admin("admin-token", body.replace("client\"]", "internal\"]")).statusCode()).isEqualTo(400);
		assertThat(admin("admin-token", "{\"name\":\"Acme\",\"scope\":[]}").statusCode()).isEqualTo(400);
	}

	@Test
	void asksPeopleToSignIn() throws Exception {
		HttpResponse<String> answer = send(HttpRequest
			.newBuilder(uri("/oauth2/authorize?response_type=code&client_id=punctual-staff"
					+ "&redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fcallback&scope=punctual%2Fprovider.read"
					+ "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"))
			.header("Accept", "text/html"));
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/login");
	}

	@Test
	void saysWhenItIsReady() throws Exception {
		assertThat(send(HttpRequest.newBuilder(uri("/actuator/health/readiness"))).body()).contains("UP");
	}

	private JWTClaimsSet verified(String token) throws ParseException, JOSEException, Exception {
		JWKSet keys = JWKSet.parse(send(HttpRequest.newBuilder(uri("/oauth2/jwks"))).body());
		SignedJWT jwt = SignedJWT.parse(token);
		assertThat(jwt
			.verify(new RSASSAVerifier(keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey().toRSAPublicKey())))
			.isTrue();
		return jwt.getJWTClaimsSet();
	}

	private HttpResponse<String> token(Map<String, String> form) throws Exception {
		String body = "grant_type=client_credentials&" + form.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return send(HttpRequest.newBuilder(uri("/oauth2/token"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private HttpResponse<String> admin(String token, String body) throws Exception {
		return send(HttpRequest.newBuilder(uri("/admin/clients"))
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private HttpResponse<String> delete(String clientId) throws Exception {
		return send(HttpRequest.newBuilder(uri("/admin/clients/" + clientId))
			.header("Authorization", "Bearer admin-token")
			.DELETE());
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

}
