package io.punctual.infrastructure.gateway;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

import io.punctual.infrastructure.settings.Repository;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PublicName} and {@link FallbackStack}: who answers for the API's name,
 * and what.
 */
@NeedsNode
class GatewayFailoverTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Template gateway = Synthesised.production().stack("Gateway");

	private final Template fallback = Synthesised.production().stack("Fallback");

	private final Resource health = this.gateway.only("AWS::Route53::HealthCheck");

	@Test
	void neverAsksTheNameThatItMoves() {
		String asked = this.health.at("HealthCheckConfig/FullyQualifiedDomainName").toString();
		assertThat(asked).contains(this.gateway.only("AWS::ApiGateway::RestApi").id(), "execute-api")
			.doesNotContain("api.punctual.example");
		assertThat(this.gateway.only("AWS::ApiGateway::RestApi").at("DisableExecuteApiEndpoint").asBoolean(false))
			.isFalse();
	}

	@Test
	void movesWithinTwoMinutes() {
		int interval = this.health.at("HealthCheckConfig/RequestInterval").asInt();
		assertThat(interval * this.health.at("HealthCheckConfig/FailureThreshold").asInt()).isBetween(30, 120);
		assertThat(this.health.at("HealthCheckConfig/Regions").size()).isGreaterThanOrEqualTo(3);
		assertThat(this.health.text("HealthCheckConfig/Type")).isEqualTo("HTTPS");
	}

	@Test
	void asksByTlsForTheStagesMockThatAnswersItself() {
		assertThat(this.health.at("HealthCheckConfig/Port").asInt()).isEqualTo(443);
		assertThat(this.health.at("HealthCheckConfig/EnableSNI").asBoolean(false)).isTrue();
		assertThat(this.health.at("HealthCheckConfig/ResourcePath").toString()).contains("/health",
				this.gateway.only("AWS::ApiGateway::Stage").id());
		JsonNode mock = this.gateway.only("AWS::ApiGateway::RestApi")
			.at("Body/paths/~1health/get/x-amazon-apigateway-integration");
		assertThat(mock.at("/responses/default/statusCode").asString()).isEqualTo("200");
		assertThat(mock.at("/requestTemplates/application~1json").asString()).isEqualTo("{\"statusCode\": 200}");
	}

	/**
	 * An alias names the zone of what it leads to, not its own; whether that is well only
	 * the health check says.
	 */
	@Test
	void eachRecordLeadsToWhatAnswers() {
		String name = this.gateway.only("AWS::ApiGateway::DomainName").id();
		JsonNode primary = this.gateway.only("AWS::Route53::RecordSet").at("AliasTarget");
		assertThat(primary.path("DNSName").toString()).contains(name, "RegionalDomainName");
		assertThat(primary.path("HostedZoneId").toString()).contains(name, "RegionalHostedZoneId");
		JsonNode secondary = this.fallback.only("AWS::Route53::RecordSet").at("AliasTarget");
		assertThat(secondary.path("DNSName").toString()).contains("DomainName",
				this.fallback.only("AWS::CloudFront::Distribution").id());
		assertThat(secondary.path("HostedZoneId").asString()).as("the zone of all distributions")
			.isEqualTo("Z2FDTNDATAQYW2");
		assertThat(List.of(primary, secondary))
			.allSatisfy((alias) -> assertThat(alias.path("EvaluateTargetHealth").asBoolean(true)).isFalse());
	}

	@Test
	void nobodyIsAnsweredFromACacheOrOverOldTls() {
		JsonNode distribution = this.fallback.only("AWS::CloudFront::Distribution").at("DistributionConfig");
		assertThat(distribution.at("/DefaultCacheBehavior/CachePolicyId").asString())
			.as("CloudFront's policy CachingDisabled")
			.isEqualTo("4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
		assertThat(distribution.at("/ViewerCertificate/MinimumProtocolVersion").asString()).isEqualTo("TLSv1.2_2021");
	}

	@Test
	void movesOneNameBetweenTwoAnswers() {
		Resource primary = this.gateway.only("AWS::Route53::RecordSet");
		Resource secondary = this.fallback.only("AWS::Route53::RecordSet");
		assertThat(primary.mentions(this.health.id())).isTrue();
		assertThat(primary.text("SetIdentifier")).isNotEqualTo(secondary.text("SetIdentifier"));
		assertThat(secondary.at("HealthCheckId").isMissingNode()).isTrue();
		assertThat(this.fallback.only("AWS::CloudFront::Distribution").at("DistributionConfig/Aliases/0").asString())
			.isEqualTo(primary.text("Name"))
			.isEqualTo(this.gateway.only("AWS::ApiGateway::DomainName").text("DomainName"));
	}

	@Test
	void mapsTheNameToTheStage() {
		Resource mapping = this.gateway.only("AWS::ApiGateway::BasePathMapping");
		assertThat(mapping.mentions(this.gateway.only("AWS::ApiGateway::DomainName").id())).isTrue();
		assertThat(mapping.mentions(this.gateway.only("AWS::ApiGateway::Stage").id())).isTrue();
		assertThat(mapping.at("BasePath").isMissingNode()).isTrue();
		assertThat(this.gateway.only("AWS::ApiGateway::DomainName").text("SecurityPolicy")).isEqualTo("TLS_1_2");
	}

	@Test
	void answersEveryMethodBeforeAnythingElseIsAsked() {
		JsonNode behaviour = this.fallback.only("AWS::CloudFront::Distribution")
			.at("DistributionConfig/DefaultCacheBehavior");
		assertThat(behaviour.get("AllowedMethods")).extracting(JsonNode::asString).contains("GET", "POST", "PATCH");
		assertThat(behaviour.at("/FunctionAssociations/0/EventType").asString()).isEqualTo("viewer-request");
		assertThat(behaviour.get("ViewerProtocolPolicy").asString()).isEqualTo("https-only");
	}

	@Test
	void answersAProblemAndWhenToComeBack() throws Exception {
		JsonNode answer = ask("POST");
		assertThat(answer.get("statusCode").asInt()).isEqualTo(503);
		assertThat(answer.at("/headers/content-type/value").asString()).isEqualTo("application/problem+json");
		assertThat(answer.at("/headers/retry-after/value").asInt()).isPositive();
		assertThat(answer.at("/headers/cache-control/value").asString()).isEqualTo("no-store");
		JsonNode problem = JSON.readTree(answer.get("body").asString());
		assertThat(problem.get("type").asString()).isEqualTo("https://punctual.example/problems/unavailable");
		assertThat(problem.get("status").asInt()).isEqualTo(503);
		assertThat(problem.get("title").asString()).isNotBlank();
	}

	@Test
	void letsABrowsersPageReadItAsItMayReadTheApi() throws Exception {
		String origin = this.gateway.only("AWS::ApiGateway::Stage").text("Variables/webOrigin");
		assertThat(origin).startsWith("https://");
		for (String method : List.of("GET", "OPTIONS")) {
			assertThat(ask(method).at("/headers/access-control-allow-origin/value").asString()).isEqualTo(origin);
		}
		assertThat(ask("GET").at("/headers/access-control-expose-headers/value").asString()).contains("Retry-After");
		JsonNode preflight = ask("OPTIONS");
		assertThat(preflight.get("statusCode").asInt()).isEqualTo(204);
		assertThat(preflight.at("/headers/access-control-allow-headers/value").asString()).contains("Authorization",
				"Idempotency-Key", "x-api-key");
		assertThat(preflight.at("/headers/access-control-allow-methods/value").asString()).contains("POST", "PATCH");
	}

	@Test
	void ringsWhereRoute53Speaks() {
		Template failover = Synthesised.production().stack("Failover");
		Resource alarm = failover.only("AWS::CloudWatch::Alarm");
		assertThat(alarm.json().toString()).contains("AWS/Route53", "HealthCheckStatus", "{\"Ref\":\"HealthCheck\"}");
		assertThat(alarm.text("TreatMissingData")).isEqualTo("breaching");
		assertThat(alarm.at("AlarmActions").toString()).contains("Pages");
		assertThat(JSON.readTree(Synthesised.production().assembly().resolve("manifest.json").toFile())
			.get("artifacts")
			.values()
			.stream()
			.filter((stack) -> stack.at("/properties/stackName").asString("").equals("Failover"))
			.map((stack) -> stack.path("environment").asString(""))).containsExactly("aws://222222222222/us-east-1");
	}

	@Test
	void tellsTheAlarmWhichHealthCheckItIsAbout() throws Exception {
		assertThat(this.gateway.json().at("/Outputs/HealthCheck/Value").toString()).contains(this.health.id());
		assertThat(Files.readString(Repository.file("release/gateway"))).contains("OutputKey==`HealthCheck`",
				"Failover:HealthCheck=");
	}

	private JsonNode ask(String method) throws Exception {
		String code = this.fallback.only("AWS::CloudFront::Function").text("FunctionCode");
		Process node = new ProcessBuilder("node", "-e",
				code + "\nconsole.log(JSON.stringify(handler({request: {method: '%s'}})));".formatted(method))
			.start();
		return JSON.readTree(new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
	}

}
