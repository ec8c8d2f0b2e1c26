package io.punctual.aws.database;

import java.util.Map;

import io.punctual.shared.schema.MigrationConnection;

import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;

/**
 * Has a migration of a database on RDS, which shows it the master's password, speak to
 * nobody but that database.
 */
final class RdsMigrationConnection implements MigrationConnection {

	@Override
	public Map<String, String> properties(Environment environment) {
		if (!environment.getProperty("punctual.migrate.authentication", "password").equalsIgnoreCase("iam")) {
			return Map.of();
		}
		return Map.of("sslMode", "VERIFY_IDENTITY", "trustCertificateKeyStoreUrl",
				TrustedAuthorities.store(new ClassPathResource(IamConnections.RDS_AUTHORITIES)).toUri().toString(),
				"trustCertificateKeyStoreType", TrustedAuthorities.TYPE, "trustCertificateKeyStorePassword",
				TrustedAuthorities.PASSWORD, "fallbackToSystemTrustStore", "false");
	}

}
