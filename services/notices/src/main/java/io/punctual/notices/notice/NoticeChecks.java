package io.punctual.notices.notice;

import io.punctual.shared.schema.DenseNumbers;
import io.punctual.shared.schema.SchemaCheck;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a check of the schema looks at here: no update of a notice is missing.
 */
class NoticeChecks {

	@Bean
	SchemaCheck updates(JdbcClient jdbc) {
		return new DenseNumbers("updates", jdbc, "notice.notice_id.last_seq", "notice_update.notice_id.seq");
	}

}
