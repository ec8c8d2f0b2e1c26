package io.punctual.shared.audit;

import java.time.Instant;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.shared.contract.AuditRecorded;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.transaction.Transactions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Sets up the audit of what is done by the API.
 */
@AutoConfiguration(afterName = "io.punctual.shared.events.EventLogAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class AuditAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AuditSink auditSink(EventLog events) {
		// Stamped at its append, as late as it can be.
		return (entry) -> events
			.append(new NewEvent(AuditRecorded.TYPE, entry.auditId(), Instant.EPOCH, entry).restampable().ignorable());
	}

	@Bean("auditTrail")
	AuditTrail auditTrail(AuditSink sink, EventLog events, ObjectProvider<MeterRegistry> meters) {
		MeterRegistry registry = meters.getIfAvailable();
		Counter denied = (registry != null) ? Counter.builder("punctual.audit.denied")
			.description("Writing requests that were refused for who sent them")
			.register(registry) : null;
		return new AuditTrail(sink, events, denied);
	}

	@Bean
	WebMvcConfigurer auditing(AuditTrail trail, Transactions transactions) {
		return new WebMvcConfigurer() {

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(new AuditInterceptor(trail, transactions))
					.addPathPatterns("/v1/**")
					.order(Ordered.HIGHEST_PRECEDENCE);
			}

		};
	}

}
