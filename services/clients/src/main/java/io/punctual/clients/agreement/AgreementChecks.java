package io.punctual.clients.agreement;

import io.punctual.shared.schema.DenseNumbers;
import io.punctual.shared.schema.SchemaCheck;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a check of the schema looks at here: no version of an agreement or of a calendar
 * is missing.
 */
class AgreementChecks {

	@Bean
	SchemaCheck agreementVersions(JdbcClient jdbc) {
		return new DenseNumbers("agreementVersions", jdbc, "agreement.id.latest",
				"agreement_version.agreement_id.number");
	}

	@Bean
	SchemaCheck calendarVersions(JdbcClient jdbc) {
		return new DenseNumbers("calendarVersions", jdbc, "calendar.id.latest", "calendar_version.calendar_id.number");
	}

}
