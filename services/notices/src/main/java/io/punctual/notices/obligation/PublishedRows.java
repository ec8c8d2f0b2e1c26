package io.punctual.notices.obligation;

import io.punctual.shared.bulk.LaterRows;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Lets the few rows of small publications wait for the end of their transaction: there
 * may be several publications in one.
 */
@Configuration(proxyBeanMethods = false)
class PublishedRows {

	@Bean
	LaterRows laterRows(JdbcTemplate jdbc) {
		return new LaterRows(jdbc);
	}

}
