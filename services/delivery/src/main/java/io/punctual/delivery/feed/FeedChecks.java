package io.punctual.delivery.feed;

import io.punctual.shared.schema.DenseNumbers;
import io.punctual.shared.schema.SchemaCheck;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a check of the schema looks at here: no client's stream has a gap.
 */
class FeedChecks {

	@Bean
	SchemaCheck obligations(JdbcClient jdbc) {
		return new DenseNumbers("obligations", jdbc, "client_stream.client_id.last_seq",
				"obligation.client_id.client_seq");
	}

}
