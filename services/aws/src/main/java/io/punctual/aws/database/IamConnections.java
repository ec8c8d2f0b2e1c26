package io.punctual.aws.database;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

import com.zaxxer.hikari.HikariDataSource;
import io.punctual.aws.AwsClients;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/**
 * Has the connection pool show a token of IAM to each new connection, over TLS to nobody
 * but the database itself, and drop soon what a failover leaves behind.
 */
final class IamConnections implements BeanPostProcessor {

	/** What RDS signs its certificates with. */
	static final String RDS_AUTHORITIES = "rds-authorities.pem";

	private static final String JDBC = "jdbc:";

	private final Supplier<AwsClients> aws;

	private final Supplier<DatabaseProperties> properties;

	IamConnections(Supplier<AwsClients> aws, Supplier<DatabaseProperties> properties) {
		this.aws = aws;
		this.properties = properties;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		if (bean instanceof HikariDataSource pool) {
			configure(pool);
		}
		return bean;
	}

	private void configure(HikariDataSource pool) {
		URI url = URI.create(pool.getJdbcUrl().substring(JDBC.length()));
		pool.setCredentialsProvider(
				new RdsTokens(this.aws.get(), url.getHost(), url.getPort(), pool.getUsername(), Clock.systemUTC()));
		Resource given = this.properties.get().caCertificates();
		Path authorities = TrustedAuthorities.store((given != null) ? given : new ClassPathResource(RDS_AUTHORITIES));
		pool.addDataSourceProperty("sslMode", "VERIFY_IDENTITY");
		pool.addDataSourceProperty("trustCertificateKeyStoreUrl", authorities.toUri().toString());
		pool.addDataSourceProperty("trustCertificateKeyStoreType", TrustedAuthorities.TYPE);
		pool.addDataSourceProperty("trustCertificateKeyStorePassword", TrustedAuthorities.PASSWORD);
		pool.addDataSourceProperty("fallbackToSystemTrustStore", "false");
		// After a failover the name leads to another machine: nobody waits on the former
		// one for ever, ...
		pool.addDataSourceProperty("socketTimeout", "30000");
		// ... and a connection that survived it to a server that only reads is left soon.
		pool.setMaxLifetime(600_000);
	}

}
