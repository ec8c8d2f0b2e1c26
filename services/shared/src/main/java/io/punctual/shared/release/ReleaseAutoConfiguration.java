package io.punctual.shared.release;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.punctual.shared.schema.SchemaVersion;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sets up the gate that all background work goes through.
 */
@AutoConfiguration(afterName = { "io.punctual.shared.events.EventLogAutoConfiguration",
		"io.punctual.shared.schema.SchemaAutoConfiguration" })
@EnableConfigurationProperties(ReleaseProperties.class)
class ReleaseAutoConfiguration {

	@Bean
	Releases releases(JdbcClient jdbc, Transactions transactions, DatabaseClock clock, ReleaseProperties properties) {
		return new Releases(jdbc, transactions, clock, properties.deadAfter());
	}

	@Bean
	GateKeeper workGate(ObjectProvider<GatedWork> works, SchemaVersion schema, Releases releases,
			ReleaseProperties properties) {
		Guard guard = (properties.gate() == ReleaseProperties.Gate.GUARDED)
				? new Guard(releases, properties.id(), properties.heartbeat(), properties.deadAfter(), System::nanoTime)
				: null;
		return new GateKeeper(works, schema::isReady, guard, properties.look());
	}

	@Bean
	MeterBinder workGateMeter(GateKeeper gate) {
		return (registry) -> Gauge.builder("punctual.release.working", gate, (keeper) -> keeper.isOpen() ? 1 : 0)
			.description("Whether this instance does background work")
			.register(registry);
	}

	@Bean
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	ReleaseController releaseController(Releases releases, GateKeeper gate, ReleaseProperties properties) {
		return new ReleaseController(releases, gate, properties.id());
	}

}
