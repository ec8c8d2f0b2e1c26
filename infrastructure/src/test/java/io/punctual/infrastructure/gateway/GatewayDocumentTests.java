package io.punctual.infrastructure.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Repository;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.local.edge.document.DocumentReader;
import io.punctual.local.edge.document.GatewayApi;
import io.punctual.local.edge.document.Operation;
import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.document.Source;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The API in the template asks of every caller what the document asks: read by the same
 * reader that the local edge has.
 */
@NeedsNode
class GatewayDocumentTests {

	private static final Pattern INTRINSIC = Pattern.compile("\\{\"(Fn::[A-Za-z]+|Ref)\":(\\[[^]]*]|\"[^\"]*\")}");

	private final Template gateway = Synthesised.production().stack("Gateway");

	private final JsonNode body = this.gateway.only("AWS::ApiGateway::RestApi").at("Body");

	private final GatewayApi imported = DocumentReader
		.read(Source.of("the template", INTRINSIC.matcher(this.body.toString()).replaceAll("\"from-another-stack\"")));

	private final GatewayApi authored = DocumentReader.read(Source.of(Repository.file("gateway-config/openapi.yaml")));

	@TestFactory
	Stream<DynamicTest> asksWhatTheDocumentAsks() {
		return this.authored.operations()
			.stream()
			.map((operation) -> DynamicTest.dynamicTest(name(operation), () -> isAskedFor(operation)));
	}

	@Test
	void hasNoOperationOfItsOwnButTheHealthCheck() {
		Set<String> more = names(this.imported);
		more.removeAll(names(this.authored));
		assertThat(more).containsExactly("GET " + ApiDocument.HEALTH_PATH);
		assertThat(names(this.imported)).containsAll(names(this.authored)).hasSizeGreaterThan(60);
	}

	@Test
	void asksNoServiceWhetherApiGatewayAnswers() {
		assertThat(this.body.at("/paths/~1health/get/x-amazon-apigateway-integration/type").asString())
			.isEqualTo("MOCK");
	}

	@Test
	void reachesEachServiceAtTheListenerThatIsItsOwn() {
		List<String> uris = new ArrayList<>();
		this.body.get("paths").properties().forEach((path) -> path.getValue().forEach((operation) -> {
			JsonNode uri = operation.at("/x-amazon-apigateway-integration/uri");
			if (!uri.isMissingNode()) {
				assertThat(uri.asString()).endsWith(path.getKey());
				uris.add(uri.asString());
			}
		}));
		for (Service service : Service.values()) {
			String url = Environment.production().internalUrl(service) + "/";
			assertThat(uris.removeIf((uri) -> uri.startsWith(url))).as(url).isTrue();
		}
		assertThat(uris).isEmpty();
	}

	@Test
	void letsOneAuthorizerOfTheUserPoolJudgeTokens() {
		assertThat(this.authored.operations()).isNotEmpty();
		JsonNode authorizer = this.body.at("/components/securitySchemes/oauth2/x-amazon-apigateway-authorizer");
		assertThat(authorizer.get("type").asString()).isEqualTo("cognito_user_pools");
		assertThat(authorizer.get("providerARNs")).hasSize(1);
		assertThat(authorizer.get("providerARNs").toString()).contains("Fn::ImportValue", "Identity");
	}

	@Test
	void answersEveryErrorOfItsOwnAsTheDocumentSays() {
		for (ResponseType type : ResponseType.values()) {
			assertThat(this.imported.response(type)).isEqualTo(this.authored.response(type));
		}
		assertThat(this.imported.response(ResponseType.WAF_FILTERED).headers().get("Content-Type"))
			.isEqualTo("'application/problem+json'");
	}

	@Test
	void hasAValueForEachVariableThatIsStillAskedFor() {
		Set<String> asked = new TreeSet<>();
		Pattern.compile("stageVariables\\.([A-Za-z0-9_]+)")
			.matcher(this.body.toString())
			.results()
			.forEach((match) -> asked.add(match.group(1)));
		JsonNode variables = this.gateway.only("AWS::ApiGateway::Stage").at("Variables");
		assertThat(asked).isNotEmpty().allSatisfy((name) -> assertThat(variables.has(name)).as(name).isTrue());
	}

	@Test
	void deploysADocumentThatChanged() {
		String deployment = this.gateway.only("AWS::ApiGateway::Deployment").id();
		assertThat(deployment).contains(new ApiDocument().digest());
		assertThat(this.gateway.only("AWS::ApiGateway::Stage").at("DeploymentId/Ref").asString()).isEqualTo(deployment);
	}

	@Test
	void importsAllOrNothing() {
		assertThat(this.gateway.only("AWS::ApiGateway::RestApi").at("FailOnWarnings").asBoolean()).isTrue();
		assertThat(this.gateway.only("AWS::ApiGateway::RestApi").at("EndpointConfiguration/Types/0").asString())
			.isEqualTo("REGIONAL");
	}

	private void isAskedFor(Operation operation) {
		Operation found = this.imported.operations()
			.stream()
			.filter((other) -> name(other).equals(name(operation)))
			.findFirst()
			.orElseThrow(() -> new AssertionError("not imported"));
		assertThat(found.scopes()).isEqualTo(operation.scopes());
		assertThat(found.apiKeyRequired()).isEqualTo(operation.apiKeyRequired());
		assertThat(found.required()).isEqualTo(operation.required());
		assertThat(found.models().keySet()).isEqualTo(operation.models().keySet());
		assertThat(found.authorizer() != null).isEqualTo(operation.authorizer() != null);
		assertThat(found.integration().cacheKeyParameters()).isEqualTo(operation.integration().cacheKeyParameters());
	}

	private static Set<String> names(GatewayApi api) {
		Set<String> names = new TreeSet<>();
		api.operations().forEach((operation) -> names.add(name(operation)));
		return names;
	}

	private static String name(Operation operation) {
		return operation.method() + " " + operation.path();
	}

}
