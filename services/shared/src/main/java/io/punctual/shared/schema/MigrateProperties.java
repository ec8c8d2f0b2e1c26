package io.punctual.shared.schema;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom the migration makes the schema ready for.
 *
 * @param serviceUser the service's user, who may read and write rows and nothing else;
 * none is made without it
 * @param authentication how that user proves itself: by a password, or by IAM (RDS only)
 * @param servicePassword the password, for {@code password}
 * @param appendOnly the tables whose rows are added, and never changed or removed
 */
@ConfigurationProperties("punctual.migrate")
record MigrateProperties(@Nullable String serviceUser, @DefaultValue("password") Authentication authentication,
		@Nullable String servicePassword, @DefaultValue Set<String> appendOnly) {

	MigrateProperties {
		if (serviceUser != null && !serviceUser.matches("[A-Za-z][A-Za-z0-9_]{0,31}")) {
			throw new IllegalArgumentException("PUNCTUAL_MIGRATE_SERVICE_USER is no name of a user");
		}
		if (serviceUser != null && authentication == Authentication.PASSWORD
				&& (servicePassword == null || servicePassword.isEmpty())) {
			throw new IllegalArgumentException("PUNCTUAL_MIGRATE_SERVICE_PASSWORD is missing");
		}
	}

	/**
	 * How a user proves itself.
	 */
	enum Authentication {

		/** By the password. */
		PASSWORD,

		/** By a token of AWS IAM. */
		IAM

	}

}
