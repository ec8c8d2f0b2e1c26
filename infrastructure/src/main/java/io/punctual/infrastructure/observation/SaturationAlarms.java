package io.punctual.infrastructure.observation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.alarm.Alarms;
import io.punctual.infrastructure.alarm.Alarms.When;
import io.punctual.infrastructure.alarm.Urgency;
import io.punctual.infrastructure.settings.Environment.DatabaseSize;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * Alarms on what runs full, one for the services and one for the database: the parts say
 * what it is.
 */
final class SaturationAlarms {

	private static final Duration MINUTE = Duration.minutes(1);

	private static final double GIB = 1024.0 * 1024 * 1024;

	/**
	 * Storage grows by itself when a tenth is free, after five minutes; where half of
	 * that is left, it has not.
	 *
	 * @see <a href=
	 * "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html">Storage
	 * autoscaling</a>
	 */
	private static final double LEAST_STORAGE = 0.05;

	/**
	 * Of the connections that its memory is worth; not all of it is the database's.
	 */
	private static final double MOST_CONNECTIONS = 0.7;

	/**
	 * The list's own test says how many metrics there can be.
	 */
	private static final int MOST_METRICS = 100;

	private final Meters meters;

	private final AwsMetrics aws;

	private final Alarms alarms;

	SaturationAlarms(Meters meters, AwsMetrics aws, Alarms alarms) {
		this.meters = meters;
		this.aws = aws;
		this.alarms = alarms;
	}

	void alarm(DatabaseSize database) {
		services();
		database(database);
		this.alarms.ring("service-silent", Urgency.PAGE, "A service has sent no metrics for five minutes",
				Together.silent("Silent services", MINUTE, this.meters.ofEach("punctual.metrics.published.value")),
				When.above(0, 5).orSilent());
		this.alarms.ring("metrics-count", Urgency.TICKET,
				"More metrics are published than the list has, and each is billed",
				Together.sum("Metrics", Duration.minutes(5), this.meters.ofEach("punctual.metrics.published.value")),
				When.above(MOST_METRICS, 3));
	}

	private void services() {
		String name = "services-saturated";
		this.alarms
			.any(name, Urgency.TICKET, "A service runs full",
					this.alarms.part(name + "-pool", name, "Callers wait for a database connection",
							Together.largest("Pool", MINUTE,
									this.meters.ofEach("punctual.database.pool.saturation.value")),
							When.above(0.9, 5)),
					this.alarms.part(name + "-pool-timeouts", name, "Callers got no database connection in time",
							Together.sum("Timeouts", MINUTE, this.meters.ofEach("hikaricp.connections.timeout.count")),
							When.above(0, 2)),
					this.alarms.part(name + "-heap", name, "Little heap is left after a collection",
							Together.largest("Heap", MINUTE, this.meters.ofEach("jvm.memory.usage.after.gc.value")),
							When.above(0.85, 10)),
					this.alarms.part(name + "-slots", name, "The slots for webhooks in time are taken",
							this.meters.of(Service.DELIVERY, "punctual.dispatcher.saturation.value"),
							When.above(0.95, 10)),
					this.alarms.part(name + "-cpu", name, "A service's tasks have no CPU left",
							Together.largest("CPU, %", MINUTE, ofEach("CPUUtilization")), When.above(85, 10)),
					this.alarms.part(name + "-memory", name, "A service's tasks have no memory left",
							Together.largest("Memory, %", MINUTE, ofEach("MemoryUtilization")), When.above(90, 5)));
	}

	private List<Metric> ofEach(String name) {
		return Arrays.stream(Service.values()).map((service) -> this.aws.service(service, name)).toList();
	}

	private void database(DatabaseSize database) {
		this.alarms.ring("database-storage", Urgency.PAGE,
				"The database's storage is nearly used up, and it does not grow any more",
				below("FreeStorageSpace", LEAST_STORAGE * database.storageGib() * GIB), When.above(0, 3));
		String name = "database-strained";
		this.alarms.any(name, Urgency.TICKET, "The database runs full",
				this.alarms.part(name + "-cpu", name, "The database has no CPU left",
						this.aws.database("CPUUtilization", "Average"), When.above(80, 10)),
				this.alarms.part(name + "-connections", name, "The database has too many connections",
						this.aws.database("DatabaseConnections", "Maximum"),
						When.above(Math.floor(MOST_CONNECTIONS * database.connections()), 5)),
				this.alarms.part(name + "-memory", name, "The database has little memory left",
						below("FreeableMemory", 0.25 * GIB), When.above(0, 5)),
				this.alarms.part(name + "-disk", name, "Reads and writes wait for the disk",
						this.aws.database("DiskQueueDepth", "Average"), When.above(20, 10)));
	}

	private MathExpression below(String metric, double least) {
		return MathExpression.Builder.create()
			.expression("IF(free<%d,1,0)".formatted(Math.round(least)))
			.usingMetrics(Map.of("free", this.aws.database(metric, "Minimum")))
			.period(MINUTE)
			.label(metric + " too low")
			.build();
	}

}
