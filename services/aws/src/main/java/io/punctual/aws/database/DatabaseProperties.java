package io.punctual.aws.database;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * How the service shows the database who it is.
 *
 * @param authentication {@code iam}: by a token of IAM for each connection, over TLS;
 * {@code password}: as everywhere else
 * @param caCertificates the authorities that the database's certificate must come from,
 * as PEM; by default those of RDS
 */
@ConfigurationProperties("punctual.database")
record DatabaseProperties(@DefaultValue("password") Authentication authentication, @Nullable Resource caCertificates) {

	/**
	 * The ways.
	 */
	enum Authentication {

		PASSWORD, IAM

	}

}
