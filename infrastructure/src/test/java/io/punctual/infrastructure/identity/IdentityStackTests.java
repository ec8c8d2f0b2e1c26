package io.punctual.infrastructure.identity;

import java.util.Set;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;

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
