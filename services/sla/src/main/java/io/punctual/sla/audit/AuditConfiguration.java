package io.punctual.sla.audit;

import java.util.List;

import io.punctual.shared.audit.AuditSink;
import io.punctual.shared.observability.Correlation;
import io.punctual.shared.time.DatabaseClock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Sets up from where entries come: the other services' logs, and this service itself.
 */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

	@Bean
	AuditSubscriber clientsAudit(AuditEntries entries) {
		return new AuditSubscriber("clients", entries);
	}

	@Bean
	AuditSubscriber noticesAudit(AuditEntries entries) {
		return new AuditSubscriber("notices", entries);
	}

	@Bean
	AuditSubscriber deliveryAudit(AuditEntries entries) {
		return new AuditSubscriber("delivery", entries);
	}

	@Bean
	AuditSink ownAudit(AuditEntries entries, DatabaseClock clock) {
		return (entry) -> entries.add("sla",
				List.of(new AuditEntries.Said(entry, clock.now(), Correlation.currentOrNew())));
	}

}
