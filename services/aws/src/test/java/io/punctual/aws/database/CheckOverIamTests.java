package io.punctual.aws.database;

import java.util.Arrays;

import io.punctual.shared.schema.CheckMode;
import io.punctual.shared.schema.CheckReport;
import io.punctual.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The mode {@code check} reaches the database as the service itself does.
 */
class CheckOverIamTests {

	private static final String[] KEYS = { "aws.accessKeyId", "aws.secretAccessKey" };

	@AfterEach
	void forgetKeys() {
		for (String key : KEYS) {
			System.clearProperty(key);
		}
	}

	@Test
	void showsItsTokenToNobodyWhoHasNoCertificateOfRds() {
		for (String key : KEYS) {
			System.setProperty(key, "test");
		}
		try (TestDatabase database = TestDatabase.create()) {
			String[] args = { "check", "--spring.datasource.url=" + database.getJdbcUrl(),
					"--spring.datasource.username=" + database.getUsername(),
					"--spring.datasource.password=" + database.getPassword(), "--punctual.aws.region=eu-west-1",
					"--spring.flyway.locations=classpath:db/shared" };
			assertThat(CheckMode.check(args).exitStatus()).as("by its password").isEqualTo(1);
			String[] byToken = Arrays.copyOf(args, args.length + 1);
			byToken[args.length] = "--punctual.database.authentication=iam";
			CheckReport report = CheckMode.check(byToken);
			assertThat(report.exitStatus()).isEqualTo(2);
			assertThat(report.fault()).containsIgnoringCase("SSL");
		}
	}

}
