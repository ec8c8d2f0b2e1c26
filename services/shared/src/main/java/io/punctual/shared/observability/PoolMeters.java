package io.punctual.shared.observability;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DataSourceUnwrapper;

/**
 * Measures how near the connection pool is to its end.
 */
class PoolMeters implements MeterBinder {

	private final DataSource dataSource;

	PoolMeters(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("punctual.database.pool.saturation", this, PoolMeters::saturation)
			.description("Connections in use and callers waiting for one, over the pool's size")
			.register(registry);
	}

	private double saturation() {
		HikariDataSource pool = DataSourceUnwrapper.unwrap(this.dataSource, HikariDataSource.class);
		if (pool == null) {
			return Double.NaN;
		}
		@Nullable HikariPoolMXBean present = pool.getHikariPoolMXBean();
		// Before its first connection a pool does not exist.
		return (present == null) ? 0
				: (double) (present.getActiveConnections() + present.getThreadsAwaitingConnection())
						/ pool.getMaximumPoolSize();
	}

}
