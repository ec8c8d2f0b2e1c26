package io.punctual.infrastructure.identity;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IdentityStack}.
 */
@NeedsNode
class IdentityStackTests {

	private final Template identity = Synthesised.production().stack("Identity");

	@Test
	void knowsTheFourStaticScopes() {
		Resource server = this.identity.only("AWS::Cognito::UserPoolResourceServer");
		assertThat(server.text("Identifier")).isEqualTo("punctual");
		assertThat(server.at("Scopes")).extracting((scope) -> scope.get("ScopeName").asString())
			.containsExactlyInAnyOrder("provider.read", "provider.write", "client", "internal");
	}

	/**
	 * The name is one of all accounts' in the region, and the first who asks has it.
	 */
	@Test
	void asksForANameThatNobodyElseHas() {
		String prefix = this.identity.only("AWS::Cognito::UserPoolDomain").text("Domain");
		assertThat(prefix).contains("222222222222", "production").hasSizeLessThanOrEqualTo(63).matches("[a-z0-9-]+");
		assertThat(prefix).doesNotContain("aws", "amazon", "cognito");
	}

	@Test
	void signsPeopleInByCodeWithASecondFactor() {
		Resource staff = this.identity.named("AWS::Cognito::UserPoolClient", "Staff");
		assertThat(staff.at("AllowedOAuthFlows").toString()).isEqualTo("[\"code\"]");
		assertThat(staff.at("AllowedOAuthScopes").toString()).doesNotContain("punctual/internal", "punctual/client");
		Resource pool = this.identity.only("AWS::Cognito::UserPool");
		assertThat(pool.text("MfaConfiguration")).isEqualTo("ON");
		assertThat(pool.at("AdminCreateUserConfig/AllowAdminCreateUserOnly").asBoolean()).isTrue();
		assertThat(pool.text("DeletionProtection")).isEqualTo("ACTIVE");
	}

	/**
	 * It runs in a browser, which keeps no secret, and is sent back nowhere else.
	 */
	@Test
	void sendsPeopleBackToOurConsoleOnly() {
		Resource staff = this.identity.named("AWS::Cognito::UserPoolClient", "Staff");
		assertThat(staff.at("GenerateSecret").asBoolean(true)).isFalse();
		for (String urls : List.of("CallbackURLs", "LogoutURLs")) {
			assertThat(staff.at(urls)).hasSize(1)
				.allSatisfy((url) -> assertThat(url.asString()).startsWith("https://console.punctual.example/"));
		}
		assertThat(staff.at("SupportedIdentityProviders").toString()).isEqualTo("[\"COGNITO\"]");
		assertThat(staff.at("RefreshTokenValidity").asInt()).as("a day's work").isBetween(1, 12);
		assertThat(staff.text("TokenValidityUnits/RefreshToken")).isEqualTo("hours");
	}

	@Test
	void wantsALongPasswordAndASecondFactorThatNobodyCanRedirect() {
		Resource pool = this.identity.only("AWS::Cognito::UserPool");
		assertThat(pool.at("EnabledMfas").toString()).isEqualTo("[\"SOFTWARE_TOKEN_MFA\"]");
		assertThat(pool.at("Policies/PasswordPolicy/MinimumLength").asInt()).isGreaterThanOrEqualTo(14);
		for (String kind : List.of("Lowercase", "Uppercase", "Numbers", "Symbols")) {
			assertThat(pool.at("Policies/PasswordPolicy/Require" + kind).asBoolean(false)).as(kind).isTrue();
		}
		assertThat(pool.at("Policies/PasswordPolicy/TemporaryPasswordValidityDays").asInt()).isEqualTo(1);
		assertThat(pool.at("AccountRecoverySetting/RecoveryMechanisms").toString())
			.isEqualTo("[{\"Name\":\"verified_email\",\"Priority\":1}]");
		assertThat(pool.at("UsernameAttributes").toString()).isEqualTo("[\"email\"]");
	}

	@Test
	void givesEachServiceACredentialForTheInnerApiOnly() {
		assertThat(this.identity.all("AWS::Cognito::UserPoolClient"))
			.filteredOn((client) -> client.at("AllowedOAuthScopes").toString().contains("punctual/internal"))
			.extracting((client) -> client.text("ClientName"))
			.contains("clients", "notices", "delivery", "sla")
			.isSubsetOf("clients", "notices", "delivery", "sla", "hook");
		assertThat(this.identity.all("AWS::Cognito::UserPoolClient"))
			.filteredOn((client) -> Set.of("clients", "notices", "delivery", "sla").contains(client.text("ClientName")))
			.hasSize(4)
			.allSatisfy((client) -> {
				assertThat(client.at("AllowedOAuthFlows").toString()).isEqualTo("[\"client_credentials\"]");
				assertThat(client.at("AllowedOAuthScopes").toString()).isEqualTo("[\"punctual/internal\"]");
			});
		assertThat(this.identity.all("AWS::SecretsManager::Secret"))
			.allSatisfy((secret) -> assertThat(secret.at("SecretString").toString()).contains("ClientSecret"));
	}

	/**
	 * Who publishes must be able to write; nobody who is outside speaks to the services
	 * behind the edge.
	 */
	@ParameterizedTest
	@CsvSource({ "hook, provider.read provider.write internal", "release, provider.read provider.write",
			"canary, provider.read provider.write" })
	void machinesOfAReleaseHaveTheScopesOfTheirWork(String name, String scopes) {
		Resource client = this.identity.only("AWS::Cognito::UserPoolClient",
				(one) -> one.text("ClientName").equals(name));
		assertThat(client.at("AllowedOAuthScopes")).extracting(JsonNode::asString)
			.containsExactlyInAnyOrder(
					Stream.of(scopes.split(" ")).map((scope) -> "punctual/" + scope).toArray(String[]::new));
	}

	@Test
	void machinesShowASecretForATokenOfAnHourAtMost() {
		assertThat(this.identity.all("AWS::Cognito::UserPoolClient"))
			.filteredOn((client) -> !client.id().startsWith("Staff"))
			.hasSizeGreaterThan(5)
			.allSatisfy((client) -> {
				assertThat(client.at("AllowedOAuthFlows").toString()).isEqualTo("[\"client_credentials\"]");
				assertThat(client.at("AllowedOAuthFlowsUserPoolClient").asBoolean(false)).isTrue();
				assertThat(client.at("GenerateSecret").asBoolean(false)).isTrue();
				assertThat(client.at("AccessTokenValidity").asInt()).isEqualTo(60);
				assertThat(client.text("TokenValidityUnits/AccessToken")).isEqualTo("minutes");
				assertThat(client.at("EnableTokenRevocation").asBoolean(false)).isTrue();
			});
	}

	@Test
	void tellsNobodyWhichUsersThereAre() {
		assertThat(this.identity.all("AWS::Cognito::UserPoolClient"))
			.allSatisfy((client) -> assertThat(client.text("PreventUserExistenceErrors")).isEqualTo("ENABLED"));
	}

}
