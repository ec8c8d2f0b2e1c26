package io.punctual.aws.database;

import java.net.URI;
import java.nio.file.Path;

import io.punctual.shared.schema.MigrationConnection;
import org.junit.jupiter.api.Test;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class RdsMigrationConnectionTests {

	@Test
	void showsTheMastersPasswordToNobodyButTheDatabase() {
		var properties = MigrationConnection
			.all(new MockEnvironment().withProperty("punctual.migrate.authentication", "iam"));
		assertThat(properties).containsEntry("sslMode", "VERIFY_IDENTITY")
			.containsEntry("fallbackToSystemTrustStore", "false");
		assertThat(Path.of(URI.create(properties.getProperty("trustCertificateKeyStoreUrl")))).isNotEmptyFile();
	}

	@Test
	void leavesOtherDatabasesAlone() {
		assertThat(MigrationConnection.all(new MockEnvironment())).isEmpty();
	}

}
