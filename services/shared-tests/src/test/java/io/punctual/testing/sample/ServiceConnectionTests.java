package io.punctual.testing.sample;

import io.punctual.testing.TestTokens;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.mysql.MySQLContainer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistrar;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service on a database of which it is told nothing but the address: the driver's own
 * options, and the server's.
 */
@Tag("docker")
@SpringBootTest(classes = SampleApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ServiceConnectionTests.Database.class)
class ServiceConnectionTests {

	@Autowired
	private JdbcClient jdbc;

	@Test
	void migratesAndKeepsWhatItIsTold() {
		this.jdbc.sql("INSERT INTO thing (id, name) VALUES ('thg_1', 'Zoë 東京')").update();
		assertThat(this.jdbc.sql("SELECT name FROM thing").query(String.class).list()).containsExactly("Zoë 東京");
		assertThat(this.jdbc.sql("SELECT VERSION()").query(String.class).single()).doesNotContain("MariaDB");
	}

	/**
	 * A container for this test alone.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class Database {

		@Bean
		@ServiceConnection
		MySQLContainer mysql() {
			return new MySQLContainer("mysql:8.4");
		}

		@Bean
		DynamicPropertyRegistrar issuer() {
			return (registry) -> registry.add("punctual.identity.issuer", TestTokens.shared()::issuer);
		}

	}

}
