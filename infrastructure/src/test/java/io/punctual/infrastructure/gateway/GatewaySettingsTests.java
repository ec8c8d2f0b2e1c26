package io.punctual.infrastructure.gateway;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import io.punctual.infrastructure.settings.Repository;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import io.punctual.local.edge.document.DocumentReader;
import io.punctual.local.edge.document.Operation;
import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.document.Source;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GatewaySettings}: stage, plans and keys in the template are what the
 * local edge reads from the same file.
 */
@NeedsNode
class GatewaySettingsTests {

	private static final Settings SETTINGS = Settings.read(Source.of(Repository.file("gateway-config/settings.yaml")));

	private final Template gateway = Synthesised.production().stack("Gateway");

	private final Resource stage = this.gateway.only("AWS::ApiGateway::Stage");

	@Test
	void limitsAndCachesEachOperationAsTheLocalEdgeDoes() {
		for (Operation operation : DocumentReader.read(Source.of(Repository.file("gateway-config/openapi.yaml")))
			.operations()) {
			JsonNode own = ownOrGeneral(operation);
			Settings.Limit limit = SETTINGS.setting(operation, Settings.MethodSetting::limit, new Settings.Limit(0, 0));
			assertThat(own.get("ThrottlingRateLimit").asDouble()).as(operation.path()).isEqualTo(limit.rate());
			assertThat(own.get("ThrottlingBurstLimit").asLong()).as(operation.path()).isEqualTo(limit.burst());
			assertThat(own.get("CachingEnabled").asBoolean()).as(operation.path())
				.isEqualTo(SETTINGS.setting(operation, Settings.MethodSetting::caching, false));
		}
	}

	@Test
	void limitsEachPlanAsTheLocalEdgeDoes() {
		assertThat(this.gateway.all("AWS::ApiGateway::UsagePlan")).hasSameSizeAs(SETTINGS.plans());
		for (Settings.Plan plan : SETTINGS.plans()) {
			Resource made = plan(plan.name());
			assertThat(limit(made.at("Throttle"))).isEqualTo(plan.limit());
			assertThat(quota(made.at("Quota"))).isEqualTo(plan.quota());
			JsonNode stages = made.at("ApiStages");
			assertThat(stages).hasSize(1);
			assertThat(stages.get(0).at("/Stage/Ref").asString()).isEqualTo(this.stage.id());
			assertThat(stages.get(0).at("/ApiId/Ref").asString())
				.isEqualTo(this.gateway.only("AWS::ApiGateway::RestApi").id());
			JsonNode methods = stages.get(0).path("Throttle");
			assertThat(methods.size()).isEqualTo(plan.methods().size());
			plan.methods()
				.forEach((method, expected) -> assertThat(limit(methods.get(method))).as(method).isEqualTo(expected));
		}
	}

	@Test
	void putsEachKeyIntoItsPlan() {
		List<Resource> links = this.gateway.all("AWS::ApiGateway::UsagePlanKey");
		assertThat(links).hasSize((int) SETTINGS.keys().stream().filter((key) -> key.plan() != null).count());
		for (Settings.Key key : SETTINGS.keys()) {
			Resource made = this.gateway.only("AWS::ApiGateway::ApiKey", (each) -> each.text("Name").equals(key.id()));
			assertThat(made.at("Enabled").asBoolean()).isEqualTo(key.enabled());
			assertThat(made.toString()).doesNotContain(key.value());
			assertThat(links).anySatisfy((link) -> {
				assertThat(link.mentions(made.id())).isTrue();
				assertThat(link.mentions(plan(String.valueOf(key.plan())).id())).isTrue();
			});
		}
	}

	@Test
	void keepsTheLaptopOutOfTheAccount() {
		assertThat(this.gateway.json().toString()).doesNotContain("localhost").doesNotContain("laptop-only");
	}

	@Test
	void hasACacheAndLogsAccessInTheFormatOfTheSettings() {
		assertThat(this.stage.at("CacheClusterEnabled").asBoolean()).isEqualTo(SETTINGS.cacheCluster());
		assertThat(this.stage.text("StageName")).isEqualTo(SETTINGS.stage());
		assertThat(this.stage.text("AccessLogSetting/Format")).isEqualTo(SETTINGS.accessLogFormat());
		assertThat(this.stage.at("AccessLogSetting/DestinationArn").toString()).doesNotContain("\"Arn\"");
		assertThat(this.gateway.all("AWS::Logs::LogGroup"))
			.allSatisfy((group) -> assertThat(group.at("RetentionInDays").asInt()).isPositive());
	}

	@Test
	void knowsTheMostGenerousPlan() {
		assertThat(SETTINGS.plans()).extracting(Settings.Plan::limit)
			.contains(new Settings.Limit(new GatewaySettings().highestRate(), 100));
	}

	private Resource plan(String name) {
		return this.gateway.only("AWS::ApiGateway::UsagePlan", (plan) -> plan.text("UsagePlanName").equals(name));
	}

	/**
	 * Inherits nothing: whether API Gateway would is not documented.
	 */
	private JsonNode ownOrGeneral(Operation operation) {
		Map<Boolean, List<JsonNode>> byOwn = StreamSupport.stream(this.stage.at("MethodSettings").spliterator(), false)
			.filter((setting) -> setting.get("ResourcePath").asString().equals("/*")
					|| (setting.get("ResourcePath").asString().equals("/" + operation.path().replace("/", "~1"))
							&& setting.get("HttpMethod").asString().equals(operation.method())))
			.collect(java.util.stream.Collectors
				.partitioningBy((setting) -> !setting.get("ResourcePath").asString().equals("/*")));
		return byOwn.getOrDefault(true, List.of())
			.stream()
			.findFirst()
			.orElseGet(() -> byOwn.getOrDefault(false, List.of()).getFirst());
	}

	private static Settings.Limit limit(JsonNode node) {
		return new Settings.Limit(node.get("RateLimit").asDouble(), node.get("BurstLimit").asLong());
	}

	private static Settings.@org.jspecify.annotations.Nullable Quota quota(JsonNode node) {
		return node.isMissingNode() ? null : new Settings.Quota(node.get("Limit").asLong(),
				Settings.Period.valueOf(node.get("Period").asString()));
	}

}
