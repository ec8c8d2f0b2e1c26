package io.punctual.aws.database;

import io.punctual.aws.AwsClients;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Sets up the tokens of IAM for the database.
 */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@ConditionalOnProperty(name = "punctual.database.authentication", havingValue = "iam")
@EnableConfigurationProperties(DatabaseProperties.class)
class DatabaseAutoConfiguration {

	@Bean
	static IamConnections iamConnections(ObjectProvider<AwsClients> aws,
			ObjectProvider<DatabaseProperties> properties) {
		return new IamConnections(aws::getObject, properties::getObject);
	}

}
