package io.punctual.infrastructure.observation;

import java.util.List;

import io.punctual.infrastructure.alarm.Alarms;
import io.punctual.infrastructure.alarm.Alarms.When;
import io.punctual.infrastructure.alarm.Urgency;
import io.punctual.infrastructure.drill.DrillStack;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * An alarm on backups that nobody has shown to be good: the drill failed, or there was
 * none.
 */
final class DrillAlarms {

	/**
	 * A month, and days to run it again.
	 */
	private static final int MOST_DAYS = 35;

	private final AwsMetrics aws;

	private final Alarms alarms;

	DrillAlarms(AwsMetrics aws, Alarms alarms) {
		this.aws = aws;
		this.alarms = alarms;
	}

	void alarm() {
		String name = "restore-drill-failed";
		this.alarms.any(name, Urgency.TICKET, "It is not shown that a backup can be restored", this.alarms.part(
				name + "-run", name, "A restore drill failed, or did not end",
				Together.sum("Failed drills", Duration.minutes(5),
						List.of(this.aws.drill("ExecutionsFailed", "Sum"), this.aws.drill("ExecutionsTimedOut", "Sum"),
								this.aws.drill("ExecutionsAborted", "Sum"))),
				When.above(0, 1)),
				this.alarms.part(name + "-age", name, "No restore drill has passed for " + MOST_DAYS + " days", days(),
						When.above(MOST_DAYS, 2).orSilent()));
	}

	/**
	 * How long ago the last one passed.
	 */
	static Metric days() {
		return Metric.Builder.create()
			.namespace(DrillStack.NAMESPACE)
			.metricName(DrillStack.DAYS)
			.statistic("Minimum")
			.period(Duration.days(1))
			.label("Days since the last good drill")
			.build();
	}

}
