package io.punctual.infrastructure;

import java.util.List;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What all keys have in common.
 */
@NeedsNode
class KeysTests {

	private static List<Resource> keys() {
		return Synthesised.production().all("AWS::KMS::Key");
	}

	@Test
	void changeByThemselvesEveryYear() {
		assertThat(keys()).hasSize(10)
			.filteredOn((key) -> !key.text("KeyUsage").equals("SIGN_VERIFY"))
			.as("all but the one that signs")
			.hasSize(9)
			.allSatisfy((key) -> assertThat(key.at("EnableKeyRotation").asBoolean(false)).as(key.id()).isTrue());
	}

	/**
	 * What is encrypted by a key that is gone is gone.
	 */
	@Test
	void outliveTheirStacks() {
		assertThat(keys()).allSatisfy((key) -> {
			assertThat(key.json().path("DeletionPolicy").asString()).as(key.id()).isEqualTo("RetainExceptOnCreate");
			assertThat(key.at("Enabled").asBoolean(true)).isTrue();
		});
	}

	/**
	 * And nobody else but for what a statement names: without the first, not even
	 * CloudFormation could ever change it.
	 */
	@Test
	void areTheAccountsToAdminister() {
		assertThat(keys()).allSatisfy((key) -> {
			List<JsonNode> statements = key.at("KeyPolicy/Statement").valueStream().toList();
			assertThat(statements).as(key.id())
				.allSatisfy((statement) -> assertThat(statement.path("Effect").asString()).isEqualTo("Allow"))
				.filteredOn((statement) -> statement.path("Action").toString().contains("kms:*"))
				.singleElement()
				.satisfies((statement) -> assertThat(statement.path("Principal").toString())
					.matches(".*:iam::(222222222222|333333333333):root.*"));
			assertThat(statements)
				.allSatisfy((statement) -> assertThat(statement.path("Principal").toString()).doesNotContain("\"*\""));
		});
	}

}
