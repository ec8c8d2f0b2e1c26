package io.punctual.local.edge.document;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the edge refuses at its start, and that it names the line.
 */
class DocumentReaderTests {

	private static final String DOCUMENT = """
			openapi: 3.0.3
			info: {title: t, version: "1"}
			paths:
			  /a/{id}:
			    get:
			      security: [{login: [s]}]
			      x-amazon-apigateway-integration:
			        type: HTTP_PROXY
			        httpMethod: GET
			        uri: https://a.example/{id}
			        requestParameters: {integration.request.path.id: method.request.path.id}
			        timeoutInMillis: 1000
			components:
			  securitySchemes:
			    login:
			      type: apiKey
			      name: Authorization
			      in: header
			      x-amazon-apigateway-authorizer: {type: cognito_user_pools, providerARNs: [p]}
			""";

	@Test
	void takesWhatItSupports() {
		DocumentReader.read(Source.of("a.yaml", DOCUMENT));
	}

	@Test
	void refusesAnExtensionItDoesNotEnforce() {
		refused(DOCUMENT.replace("paths:", "x-amazon-apigateway-policy: {}\npaths:"), "a.yaml:3: ", "policy");
		refused(DOCUMENT.replace("paths:", "x-amazon-apigateway-minimum-compression-size: 1\npaths:"), "a.yaml:3: ",
				"minimum-compression-size");
	}

	@Test
	void refusesAnIntegrationItDoesNotCarryOut() {
		refused(DOCUMENT.replace("type: HTTP_PROXY", "type: AWS_PROXY"), "a.yaml:8: ", "AWS_PROXY");
		refused(DOCUMENT.replace("timeoutInMillis: 1000", "tlsConfig: {}"), "a.yaml:12: ", "tlsConfig");
	}

	@Test
	void refusesATimeoutOutOfBounds() {
		refused(DOCUMENT.replace("1000", "29001"), "a.yaml:12: ", "timeout");
		refused(DOCUMENT.replace("1000", "49"), "a.yaml:12: ", "timeout");
	}

	@Test
	void refusesAnAuthorizerItDoesNotKnow() {
		refused(DOCUMENT.replace("type: cognito_user_pools", "type: request"), "a.yaml:19: ", "authorizers");
	}

	@Test
	void refusesAPathParameterThatIsNotMapped() {
		refused(DOCUMENT.replace("integration.request.path.id:", "integration.request.path.other:"), "a.yaml:10: ",
				"{id}");
	}

	@Test
	void refusesAnOperationWithoutIntegration() {
		refused(DOCUMENT.replace("x-amazon-apigateway-integration:", "x-other:"), "a.yaml:6: ", "integration");
	}

	@Test
	void refusesAReferenceToNothingAndAKeyThatIsThereTwice() {
		refused(DOCUMENT.replace("name: Authorization", "name: {$ref: \"#/nothing\"}"), "a.yaml:", "nothing");
		refused(DOCUMENT + "info: {}\n", "a.yaml:", "info");
	}

	@Test
	void refusesSettingsItDoesNotKnow() {
		assertThatThrownBy(() -> Settings.read(Source.of("s.yaml", "Stage:\n  CanarySetting: {}\n")))
			.hasMessageContaining("s.yaml:2: ")
			.hasMessageContaining("CanarySetting");
		assertThatThrownBy(() -> Settings.read(Source.of("s.yaml", "Stage: {}\nApiKeys:\n  a: {Value: short}\n")))
			.hasMessageContaining("s.yaml:3: ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			CacheTtlInSeconds: 3601                              | 3600
			CacheTtlInSeconds: soon                              | soon
			UnauthorizedCacheControlHeaderStrategy: SUCCEED      | FAIL_WITH_403
			ThrottlingRateLimit: 5                               | ThrottlingBurstLimit
			ThrottlingBurstLimit: 5                              | ThrottlingRateLimit
			ThrottlingRateLimit: many, ThrottlingBurstLimit: 5   | many
			""")
	void refusesASettingOfAMethodThatItWouldNotEnforce(String setting, String what) {
		refusedSettings(
				"Stage:\n  MethodSettings:\n    - {ResourcePath: /*, HttpMethod: GET,\n        " + setting + "}\n",
				what);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Throttle: {RateLimit: 5}                                       | BurstLimit
			Throttle: {RateLimit: 5, BurstLimit: 5, Other: 1}              | Other
			Quota: {Limit: 5, Period: YEAR}                                | MONTH
			Quota: {Limit: 5, Period: DAY, Offset: 2}                      | Offset
			Quota: {Limit: five, Period: DAY}                              | five
			ApiStages: [{Throttle: {/a/GET: {BurstLimit: 5}}}]             | RateLimit
			""")
	void refusesAUsagePlanThatItWouldNotEnforce(String plan, String what) {
		refusedSettings("Stage: {}\nUsagePlans:\n  a:\n    " + plan + "\n", what);
	}

	private static void refusedSettings(String settings, String what) {
		assertThatThrownBy(() -> Settings.read(Source.of("s.yaml", settings))).isInstanceOf(DocumentException.class)
			.hasMessageMatching("s\\.yaml:[34]: .*")
			.hasMessageContaining(what);
	}

	private static void refused(String document, String line, String what) {
		assertThatThrownBy(() -> DocumentReader.read(Source.of("a.yaml", document)))
			.isInstanceOf(DocumentException.class)
			.hasMessageContaining(line)
			.hasMessageContaining(what);
	}

}
