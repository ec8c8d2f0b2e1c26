package io.punctual.local.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import io.punctual.local.edge.TestEdge.Reply;
import io.punctual.local.edge.document.DocumentReader;
import io.punctual.local.edge.document.GatewayApi;
import io.punctual.local.edge.document.Operation;
import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.document.Source;
import io.punctual.local.edge.imported.ImportLint;
import io.punctual.local.edge.imported.ImportedDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Punctual's own document and settings: what each operation asks for, and that the edge
 * asks for it.
 */
class PunctualDocumentTests {

	private static final String DOCUMENT = "../../gateway-config/openapi.yaml";

	private static final String SETTINGS = "../../gateway-config/settings.yaml";

	private static final String READ = "punctual/provider.read";

	private static final String WRITE = "punctual/provider.write";

	private static final String CLIENT = "punctual/client";

	/** Whoever has the link needs nothing else. */
	private static final String BY_LINK = "/v1/acknowledgements/{token}";

	private static final List<String> SCOPES = List.of(READ, WRITE, CLIENT, "punctual/internal");

	private static final GatewayApi API = DocumentReader.read(Source.of(Path.of(DOCUMENT)));

	private static final Settings STAGE = Settings.read(Source.of(Path.of(SETTINGS)));

	private static Shop services;

	private static Issuer issuer;

	private static TestEdge edge;

	@BeforeAll
	static void start() throws IOException, JOSEException {
		services = new Shop();
		issuer = new Issuer();
		edge = edge();
	}

	private static TestEdge edge() {
		return new TestEdge(DOCUMENT, SETTINGS, issuer.url(), Map.of("clients", services.url(), "notices",
				services.url(), "delivery", services.url(), "sla", services.url()));
	}

	@AfterAll
	static void stop() {
		edge.close();
		issuer.close();
		services.close();
	}

	static Stream<Arguments> operations() {
		return API.operations()
			.stream()
			.filter((operation) -> operation.authorizer() != null)
			.map((operation) -> Arguments.of(operation.method() + " " + operation.path(), operation));
	}

	@Test
	void canBeImported() {
		assertThat(ImportLint.check(ImportedDocument.of(Source.of(Path.of(DOCUMENT))))).isEmpty();
	}

	@Test
	void letsNobodyCallAnythingWithoutATokenButWhatALinkLeadsTo() {
		assertThat(API.operations()).filteredOn((operation) -> !operation.method().equals("OPTIONS"))
			.filteredOn((operation) -> !operation.path().equals(BY_LINK))
			.allSatisfy((operation) -> {
				assertThat(operation.authorizer()).as(operation.path()).isNotNull();
				assertThat(operation.scopes()).as(operation.path()).isNotEmpty();
			});
	}

	@Test
	void letsTheHolderOfALinkThrough() throws IOException {
		String path = BY_LINK.replace("{token}", "con_1.obl_1.x");
		assertThat(edge.get(path).status()).isEqualTo(200);
		assertThat(services.last().target()).isEqualTo(path);
		assertThat(edge.send("POST", path, List.of("Content-Type: application/x-www-form-urlencoded"), "").status())
			.isEqualTo(200);
	}

	@Test
	void leadsNowhereInternal() {
		assertThat(API.operations()).noneMatch((operation) -> operation.path().contains("internal"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void asksForTheScopesOfItsKind(String name, Operation operation) throws Exception {
		boolean reads = operation.method().equals("GET");
		assertThat(operation.scopes()).isSubsetOf(Set.of(reads ? READ : WRITE, CLIENT));
		assertProblem(call(operation, "Authorization: none"), 401);
		for (String scope : SCOPES) {
			Reply reply = call(operation, bearer(scope));
			if (operation.scopes().contains(scope)) {
				assertThat(reply.status()).as(scope + " " + reply).isEqualTo(200);
			}
			else {
				assertProblem(reply, 401);
			}
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void sendsTheBackendThePathItself(String name, Operation operation) throws Exception {
		call(operation, bearer(operation.scopes().iterator().next()), "never_cached");
		assertThat(services.last().method()).isEqualTo(operation.method());
		assertThat(services.last().target()).startsWith(path(operation, "never_cached"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("operations")
	void cachesOnlyWhatNobodyMayChangeAndNoClientReads(String name, Operation operation) {
		boolean cached = STAGE.setting(operation, Settings.MethodSetting::caching, false);
		if (cached) {
			assertThat(operation.method()).isEqualTo("GET");
			assertThat(API.operations()).noneMatch((other) -> other.path().equals(operation.path())
					&& !List.of("GET", "OPTIONS").contains(other.method()));
			List<String> keys = operation.integration().cacheKeyParameters();
			assertThat(operation.scopes().contains(CLIENT) && !keys.contains("method.request.header.Authorization"))
				.isFalse();
			assertThat(keys).containsAll(Stream.of(operation.path().split("/"))
				.filter((segment) -> segment.startsWith("{"))
				.map((segment) -> "method.request.path." + segment.substring(1, segment.length() - 1))
				.toList());
		}
		else {
			assertThat(operation.integration().cacheKeyParameters()).isEmpty();
		}
	}

	@Test
	void cachesAVersionOfAnAgreement() throws Exception {
		String path = "/v1/agreements/agr_1/versions/3";
		Reply first = edge.get(path, bearer(READ));
		assertThat(edge.get(path, bearer(READ)).body()).isEqualTo(first.body());
		assertThat(edge.get("/v1/agreements/agr_1/versions/4", bearer(READ)).body()).isNotEqualTo(first.body());
		assertProblem(edge.get(path, bearer(CLIENT)), 401);
	}

	@Test
	void throttlesABulkUpsert() throws Exception {
		// An edge of its own: what is used up here would be missing to the other tests,
		// if they came soon enough after it.
		try (TestEdge own = edge()) {
			Reply reply;
			int asked = 0;
			do {
				reply = own.send("POST", "/v1/clients/bulk-upsert", List.of(bearer(WRITE)), "{}");
				asked++;
			}
			while (reply.status() == 200 && asked < 10_000);
			assertProblem(reply, 429);
			assertThat(reply.header("Retry-After")).isEqualTo("1");
			assertThat(asked).isGreaterThan(25);
		}
	}

	@Test
	void setsNothingForOperationsThatAreNotThere() {
		assertThat(STAGE.methods())
			.allSatisfy((setting) -> assertThat(setting.path()).matches((path) -> path.equals("/*") || API.operations()
				.stream()
				.anyMatch(
						(operation) -> operation.path().equals(path) && operation.method().equals(setting.method()))));
	}

	@Test
	void answersProblemsForItsOwnErrors() throws IOException {
		assertProblem(edge.get("/v1/nothing"), 403);
		assertProblem(edge.get("/internal/events"), 403);
		assertProblem(edge.get("/v1/clients/%2e%2e/internal"), 403);
		assertProblem(edge.send("POST", "/v1/clients", List.of(bearerOf("x")), "x".repeat(10 * 1024 * 1024 + 1)), 413);
	}

	@Test
	void tellsABrowserWhatItMaySend() throws IOException {
		Reply reply = edge.send("OPTIONS", "/v1/clients/x_1",
				List.of("Origin: http://localhost:3000", "Access-Control-Request-Method: PATCH"), null);
		assertThat(reply.status()).isEqualTo(204);
		assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
		assertThat(reply.header("Access-Control-Allow-Methods")).contains("PATCH");
		assertThat(reply.header("Access-Control-Allow-Headers")).contains("Authorization", "If-Match");
	}

	@Test
	void saysThatAPreflightIsOfNoOtherMediaType() throws IOException {
		for (Operation operation : API.operations()) {
			if (operation.method().equals("OPTIONS")) {
				assertThat(edge.send("OPTIONS", path(operation, "x_1"), List.of("Content-Type: application/json"), null)
					.status()).isEqualTo(204);
				assertProblem(edge.send("OPTIONS", path(operation, "x_1"),
						List.of("Content-Type: application/x-www-form-urlencoded"), null), 415);
			}
		}
	}

	@Test
	void keepsTricksInsideAnIdentifier() throws Exception {
		edge.get("/v1/clients/..%2F..%2Finternal%2Fevents", bearer(READ));
		assertThat(services.last().target()).isEqualTo("/v1/clients/..%2F..%2Finternal%2Fevents");
		edge.get("/v1/clients/x%3Fadmin=1%23", bearer(READ));
		assertThat(services.last().target()).isEqualTo("/v1/clients/x%3Fadmin%3D1%23");
	}

	private static Reply call(Operation operation, String authorization) throws IOException {
		return call(operation, authorization, "x_1");
	}

	private static Reply call(Operation operation, String authorization, String id) throws IOException {
		return edge.send(operation.method(), path(operation, id) + query(operation),
				Stream
					.concat(Stream.of(authorization, "x-api-key: laptop-only-provider-key"),
							operation.required()
								.stream()
								.filter((parameter) -> parameter.in().equals("header"))
								.map((parameter) -> parameter.name() + ": some-value"))
					.toList(),
				operation.method().equals("GET") ? null : "{}");
	}

	private static String path(Operation operation, String id) {
		return operation.path().replaceAll("\\{[^}]+}", id);
	}

	private static String query(Operation operation) {
		String query = String.join("&",
				operation.required()
					.stream()
					.filter((parameter) -> parameter.in().equals("query"))
					.map((parameter) -> parameter.name() + "=1")
					.toList());
		return query.isEmpty() ? "" : "?" + query;
	}

	private static String bearer(String scope) throws JOSEException {
		return bearerOf(issuer.token(issuer.claims().claim("scope", scope)));
	}

	private static String bearerOf(String token) {
		return "Authorization: Bearer " + token;
	}

	private static void assertProblem(Reply reply, int status) {
		assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
		assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(reply.body()).contains("\"type\":\"https://punctual.example/problems/", "\"status\":" + status + ",",
				"\"requestId\":\"" + reply.header("x-amzn-RequestId") + "\"");
	}

}
