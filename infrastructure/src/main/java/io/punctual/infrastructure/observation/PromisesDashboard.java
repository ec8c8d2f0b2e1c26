package io.punctual.infrastructure.observation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.punctual.infrastructure.canary.CanaryStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IAlarm;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.LogQueryWidget;
import software.amazon.awscdk.services.cloudwatch.SingleValueWidget;
import software.amazon.awscdk.services.cloudwatch.TextWidget;
import software.constructs.Construct;

/**
 * One page that is read from the top: are we keeping our promises; if not, where is the
 * work; what runs full; what changed.
 */
final class PromisesDashboard {

	private static final Duration MINUTE = Duration.minutes(1);

	private static final int WIDTH = 24;

	/**
	 * Alarms that stacks after this one make, and that belong to its answer.
	 */
	static final List<String> MADE_LATER = List.of("canary-failing", "canary-slow", "hosts-missing", "hosts-unhealthy");

	private final Environment environment;

	private final Meters meters;

	private final AwsMetrics aws;

	private final PromisesKept promises;

	PromisesDashboard(Environment environment, Meters meters, AwsMetrics aws, PromisesKept promises) {
		this.environment = environment;
		this.meters = meters;
		this.aws = aws;
		this.promises = promises;
	}

	void draw(Construct scope, List<? extends IAlarm> alarms) {
		Dashboard dashboard = Dashboard.Builder.create(scope, "Dashboard")
			.dashboardName("punctual")
			.defaultInterval(Duration.hours(3))
			.build();
		dashboard.addWidgets(title("Are we keeping our promises?",
				"The objective is %s %% of promises in 30 days. What to do: docs/runbooks/README.md"
					.formatted(100 * PromisesKept.OBJECTIVE)));
		dashboard.addWidgets(
				SingleValueWidget.Builder.create()
					.title("Kept in the last 30 days, %")
					.metrics(List.of(this.promises.percentage(Duration.days(30))))
					// Whatever stretch of time the page shows.
					.start("-P30D")
					.setPeriodToTimeRange(true)
					.width(6)
					.height(6)
					.build(),
				graph("Broken promises", 6, this.promises.broken()), graph("Kept promises", 6, this.promises.kept()),
				graph("Publication to first attempt, and to the canary outside: longest, ms", 6,
						List.of(meter(Service.DELIVERY, "punctual.webhook.first_attempt.max"),
								CanaryStack.metric("arrivedMs", "Maximum"))));
		List<IAlarm> all = new ArrayList<>(alarms);
		MADE_LATER
			.forEach((name) -> all.add(Alarm.fromAlarmArn(scope, name, "arn:aws:cloudwatch:%s:%s:alarm:punctual-%s"
				.formatted(this.environment.region(), this.environment.account(), name))));
		dashboard.addWidgets(
				AlarmStatusWidget.Builder.create().title("What rings").alarms(all).width(WIDTH).height(4).build());
		work(dashboard);
		full(dashboard);
		edge(dashboard);
	}

	private void work(Dashboard dashboard) {
		dashboard.addWidgets(title("Where is the work?", "From the publication to the verdict"));
		dashboard.addWidgets(
				graph("Updates published", 6, List.of(meter(Service.NOTICES, "punctual.updates.published.count"))),
				graph("Oldest delivery that is due, s", 6,
						List.of(meter(Service.DELIVERY, "punctual.deliveries.oldest_due.value"))),
				graph("What came of attempts", 6,
						this.meters.ofEachValue(Service.DELIVERY, "punctual.webhook.attempts.count", "outcome")),
				graph("Endpoints: failing, ready", 6,
						List.of(meter(Service.DELIVERY, "punctual.endpoints.failing.value"),
								meter(Service.DELIVERY, "punctual.endpoints.ready.value"))));
		dashboard.addWidgets(graph("Readers: age, s", 6, this.meters.ofEachReader("punctual.events.reader.age.value")),
				graph("Parked events", 6, this.meters.ofEachReader("punctual.events.parked.value")),
				graph("Clocks without evidence; oldest verdict, s", 6,
						List.of(meter(Service.SLA, "punctual.clocks.evidence_pending.value"),
								meter(Service.SLA, "punctual.clocks.overdue.value"))),
				graph("Results that wait; for how long, s", 6,
						List.of(meter(Service.DELIVERY, "punctual.completions.waiting.value"),
								meter(Service.DELIVERY, "punctual.completions.stalled.value"))));
	}

	private void full(Dashboard dashboard) {
		dashboard.addWidgets(title("What runs full?", "ECS, then RDS"));
		dashboard.addWidgets(graph("CPU of tasks, %", 6, ofEach("CPUUtilization")),
				graph("Memory of tasks, %", 6, ofEach("MemoryUtilization")),
				graph("Heap after collection", 6, this.meters.ofEach("jvm.memory.usage.after.gc.value")),
				graph("Connection pools", 6, this.meters.ofEach("punctual.database.pool.saturation.value")));
		dashboard.addWidgets(graph("Database: CPU, %", 6, List.of(this.aws.database("CPUUtilization", "Average"))),
				graph("Database: connections", 6, List.of(this.aws.database("DatabaseConnections", "Maximum"))),
				graph("Database: latency of reads and writes, s", 6,
						List.of(this.aws.database("ReadLatency", "Average"),
								this.aws.database("WriteLatency", "Average"))),
				graph("Database: free storage, bytes", 6, List.of(this.aws.database("FreeStorageSpace", "Minimum"))));
	}

	private void edge(Dashboard dashboard) {
		dashboard.addWidgets(title("What do callers see, and what changed?", "API Gateway, then releases and errors"));
		dashboard.addWidgets(
				graph("API: requests, 4xx, 5xx", 6,
						List.of(this.aws.api("Count", "Sum"), this.aws.api("4XXError", "Sum"),
								this.aws.api("5XXError", "Sum"))),
				graph("API: latency p50, p99, ms (long polls included)", 6,
						List.of(this.aws.api("Latency", "p50"), this.aws.api("Latency", "p99"))),
				graph("5xx inside: of the load balancer, of tasks", 6,
						List.of(this.aws.balancer("HTTPCode_ELB_5XX_Count"),
								this.aws.balancer("HTTPCode_Target_5XX_Count"))),
				graph("Refused writes", 6, this.meters.ofEach("punctual.audit.denied.count")));
		dashboard.addWidgets(
				graph("Route 53: the API answers (1) or the static edge (0)", 6, List.of(this.aws.health())),
				graph("Background work: done (1) or not (0)", 6, this.meters.ofEach("punctual.release.working.value")),
				releases(),
				SingleValueWidget.Builder.create()
					.title("Days since a restore drill passed")
					.metrics(List.of(DrillAlarms.days()))
					// It is told every six hours.
					.start("-P1D")
					.setPeriodToTimeRange(true)
					.width(6)
					.height(6)
					.build());
		dashboard.addWidgets(LogQueryWidget.Builder.create()
			.title("Latest errors")
			.logGroupNames(Arrays.stream(Service.values()).map((service) -> Watched.logGroup(service.id())).toList())
			.queryLines(List.of("fields @timestamp, service.name, log.logger, message, correlationId",
					"filter log.level = 'ERROR'", "sort @timestamp desc", "limit 20"))
			.width(WIDTH)
			.height(6)
			.build());
	}

	private IWidget releases() {
		return GraphWidget.Builder.create()
			.title("Pipeline: how long releases took, s; which failed")
			.left(List.of(this.aws.pipeline("PipelineDuration", "Maximum")))
			.right(List.of(this.aws.pipeline("FailedPipelineExecutions", "Sum")))
			.width(6)
			.height(6)
			.build();
	}

	private IMetric meter(Service service, String name) {
		return this.meters.of(service, name);
	}

	private List<? extends IMetric> ofEach(String name) {
		return Arrays.stream(Service.values()).map((service) -> this.aws.service(service, name)).toList();
	}

	private static IWidget title(String question, String answer) {
		return TextWidget.Builder.create().markdown("## " + question + "\n" + answer).width(WIDTH).height(2).build();
	}

	private static IWidget graph(String title, int width, List<? extends IMetric> metrics) {
		return GraphWidget.Builder.create().title(title).left(metrics).period(MINUTE).width(width).height(6).build();
	}

}
