package io.punctual.shared.schema;

import io.punctual.shared.schema.MigrateProperties.Authentication;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SchemaSetupTests {

	private final SchemaSetup setup = SchemaSetup.of("jdbc:mysql://db.example:3306/sla_two?sslMode=VERIFY_IDENTITY");

	@Test
	void makesAUserWhoProvesItselfByIamAndTls() {
		assertThat(this.setup.steps(new MigrateProperties("sla", Authentication.IAM, null, Set.of())))
			.extracting(SchemaSetup.Step::sql)
			.containsExactly("CREATE DATABASE IF NOT EXISTS `sla_two` CHARACTER SET utf8mb4",
					"CREATE USER IF NOT EXISTS 'sla'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL");
	}

	@Test
	void neverWritesThePasswordIntoAStatement() {
		assertThat(this.setup.steps(new MigrateProperties("sla", Authentication.PASSWORD, "geheim", Set.of())))
			.noneMatch((step) -> step.sql().contains("geheim") || step.toString().contains("geheim"))
			.filteredOn((step) -> "geheim".equals(step.secret()))
			.hasSize(2);
	}

	@Test
	void makesOnlyTheSchemaIfNoUserIsNamed() {
		assertThat(this.setup.steps(new MigrateProperties(null, Authentication.PASSWORD, null, Set.of()))).hasSize(1);
	}

	@Test
	void refusesWhatCannotBeMeant() {
		for (String url : new String[] { "jdbc:mysql://db.example:3306", "jdbc:mysql://db.example:3306/",
				"jdbc:h2:mem:sla", "jdbc:mysql://db.example/a`b" }) {
			assertThatIllegalArgumentException().as(url).isThrownBy(() -> SchemaSetup.of(url));
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new MigrateProperties("sla'@'%", Authentication.IAM, null, Set.of()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new MigrateProperties("sla", Authentication.PASSWORD, null, Set.of()));
	}

}
