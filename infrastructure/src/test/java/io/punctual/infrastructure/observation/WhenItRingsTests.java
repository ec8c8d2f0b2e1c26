package io.punctual.infrastructure.observation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.punctual.infrastructure.support.MetricMath;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each alarm makes of a state that lasts: the template's own expressions, for values
 * on both sides of what matters. What is not named says nothing.
 */
@NeedsNode
class WhenItRingsTests {

	@ParameterizedTest
	@CsvSource({ "deliveries-late, 3, punctual.deliveries.oldest_due.value=31",
			"work-waits-unwritten, 2, punctual.completions.stalled.value=21",
			"work-waits-untaken, 3, punctual.endpoints.ready.value=1 punctual.webhook.attempts.count=0",
			"endpoints-failing, 10, punctual.endpoints.failing.value=21",
			"event-log-lag, 3, punctual.events.reader.age.value=61", "events-parked, 1, punctual.events.parked.value=1",
			"evidence-pending-clocks, 5, punctual.clocks.evidence_pending.value=1",
			"verdicts-late, 5, punctual.clocks.overdue.value=31", "release-idle, 3, punctual.release.working.value=0",
			"service-silent, 5, ''", "service-silent, 5, punctual.metrics.published.value=0",
			"metrics-count, 15, punctual.metrics.published.value=26",
			"services-saturated-pool, 5, punctual.database.pool.saturation.value=0.95",
			"services-saturated-pool-timeouts, 2, hikaricp.connections.timeout.count=1",
			"services-saturated-heap, 10, jvm.memory.usage.after.gc.value=0.9",
			"services-saturated-slots, 10, punctual.dispatcher.saturation.value=1",
			"services-saturated-cpu, 10, CPUUtilization=90", "services-saturated-memory, 5, MemoryUtilization=95",
			"database-storage, 3, FreeStorageSpace=5000000000", "database-strained-cpu, 10, CPUUtilization=85",
			"database-strained-connections, 5, DatabaseConnections=500",
			"database-strained-memory, 5, FreeableMemory=200000000", "database-strained-disk, 10, DiskQueueDepth=21",
			"api-errors, 3, 5XXError=30 Count=1000", "balancer-errors-own, 3, HTTPCode_ELB_5XX_Count=6",
			"balancer-errors-targets, 3, HTTPCode_Target_5XX_Count=11",
			"nobody-on-call, 15, punctual.metrics.published.value=20 punctual.oncall.targets.value=0",
			"nobody-on-call, 15, punctual.metrics.published.value=20",
			"credentials-limit, 15, punctual.credentials.active.value=801",
			"credentials-not-withdrawn, 15, punctual.credentials.to_withdraw.value=1",
			"writes-refused, 5, punctual.audit.denied.count=13", "errors-logged, 5, errors.sla=1",
			"reader-halted, 5, readers.halted.notices=1", "verdict-contradicted, 5, verdicts.contradicted.sla=1",
			"evidence-changed, 5, evidence.changed.sla=1", "threads-dead, 5, threads.dead.delivery=1",
			"promise-broken, 5, punctual.promises.broken.count=1", "mail-bounces, 60, Reputation.BounceRate=0.06",
			"mail-complaints, 60, Reputation.ComplaintRate=0.002",
			"mail-events-late, 3, ApproximateAgeOfOldestMessage=301",
			"mail-events-refused, 1, ApproximateNumberOfMessagesVisible=1",
			"restore-drill-failed-run, 5, ExecutionsAborted=1", "restore-drill-failed-age, 2880, days_since_passed=36",
			"restore-drill-failed-age, 2880, ''", "canary-failing, 10, ok=0", "canary-failing, 10, ''",
			"canary-slow, 15, arrivedMs=10001", "hosts-missing, 3, HealthyHostCount=0", "hosts-missing, 3, ''",
			"hosts-unhealthy, 15, UnHealthyHostCount=1", "dns-failover, 2, HealthCheckStatus=0", "dns-failover, 2, ''",
			"audit-sign-in-failures, 5, audit-sign-in-failures=4", "audit-calls-refused, 5, audit-calls-refused=21",
			"audit-root-used, 5, audit-root-used=1" })
	void rings(String name, int minutes, String measured) {
		Resource alarm = alarm(name);
		assertThat(isRinging(alarm, measured)).isTrue();
		assertThat(alarm.at("DatapointsToAlarm").asInt() * period(alarm) / 60).as("minutes").isEqualTo(minutes);
	}

	@ParameterizedTest
	@CsvSource({ "deliveries-late, punctual.deliveries.oldest_due.value=30",
			"work-waits-unwritten, punctual.completions.stalled.value=20",
			"work-waits-untaken, punctual.endpoints.ready.value=1 punctual.webhook.attempts.count=1",
			"work-waits-untaken, punctual.endpoints.ready.value=0 punctual.webhook.attempts.count=0",
			"work-waits-untaken, ''", "endpoints-failing, punctual.endpoints.failing.value=20",
			"event-log-lag, punctual.events.reader.age.value=45", "event-log-lag, ''",
			"events-parked, punctual.events.parked.value=0", "verdicts-late, punctual.clocks.overdue.value=30",
			"release-idle, punctual.release.working.value=1", "release-idle, ''",
			"nobody-on-call, punctual.metrics.published.value=20 punctual.oncall.targets.value=1", "nobody-on-call, ''",
			"service-silent, punctual.metrics.published.value=20", "metrics-count, punctual.metrics.published.value=25",
			"services-saturated-pool, punctual.database.pool.saturation.value=0.9", "services-saturated-cpu, ''",
			"database-storage, FreeStorageSpace=10000000000", "database-storage, ''",
			"database-strained-connections, DatabaseConnections=400", "api-errors, 5XXError=10 Count=1000",
			"api-errors, 5XXError=4 Count=10", "api-errors, ''", "balancer-errors-own, ''",
			"writes-refused, punctual.audit.denied.count=12", "errors-logged, ''", "errors-logged, errors.sla=0",
			"mail-bounces, Reputation.BounceRate=0.04", "mail-events-late, ''",
			"restore-drill-failed-age, days_since_passed=34", "restore-drill-failed-run, ''", "canary-failing, ok=1",
			"canary-slow, ''", "canary-slow, arrivedMs=10000", "hosts-missing, HealthyHostCount=1",
			"hosts-unhealthy, ''", "hosts-unhealthy, UnHealthyHostCount=0", "dns-failover, HealthCheckStatus=1",
			"audit-sign-in-failures, audit-sign-in-failures=3", "audit-calls-refused, audit-calls-refused=20",
			"audit-root-used, ''", "evidence-pending-clocks, punctual.clocks.evidence_pending.value=0",
			"endpoints-failing, ''", "services-saturated-pool-timeouts, hikaricp.connections.timeout.count=0",
			"services-saturated-heap, jvm.memory.usage.after.gc.value=0.8",
			"services-saturated-slots, punctual.dispatcher.saturation.value=0.9",
			"services-saturated-cpu, CPUUtilization=80", "services-saturated-memory, MemoryUtilization=85",
			"database-strained-cpu, CPUUtilization=75", "database-strained-memory, FreeableMemory=900000000",
			"database-strained-disk, DiskQueueDepth=20", "balancer-errors-own, HTTPCode_ELB_5XX_Count=5",
			"balancer-errors-targets, HTTPCode_Target_5XX_Count=10",
			"credentials-limit, punctual.credentials.active.value=800",
			"credentials-not-withdrawn, punctual.credentials.to_withdraw.value=0",
			"mail-complaints, Reputation.ComplaintRate=0.0009", "mail-events-late, ApproximateAgeOfOldestMessage=300",
			"mail-events-refused, ''", "promise-broken, ''", "reader-halted, ''", "threads-dead, ''",
			"verdict-contradicted, ''", "evidence-changed, ''" })
	void isQuiet(String name, String measured) {
		assertThat(isRinging(alarm(name), measured)).isFalse();
	}

	/**
	 * But those that have tests of their own: of burn rates, of a release, and of acts,
	 * which are alike.
	 */
	@Test
	void everyAlarmIsTriedOnBothSides() throws NoSuchMethodException {
		Set<String> all = alarms().map((alarm) -> alarm.text("AlarmName").replaceFirst("punctual-", ""))
			.filter((name) -> !name.matches("promises-burn-.*|.*-release|audit-.*"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(all).hasSizeGreaterThan(40);
		assertThat(tried("rings", String.class, int.class, String.class)).containsAll(all);
		assertThat(tried("isQuiet", String.class, String.class)).containsAll(all);
	}

	private static Set<String> tried(String test, Class<?>... parameters) throws NoSuchMethodException {
		CsvSource rows = WhenItRingsTests.class.getDeclaredMethod(test, parameters).getAnnotation(CsvSource.class);
		return Stream.of(rows.value()).map((row) -> row.replaceFirst(",.*", "")).collect(Collectors.toSet());
	}

	private static Stream<Resource> alarms() {
		return Synthesised.production().all("AWS::CloudWatch::Alarm").stream();
	}

	private static Resource alarm(String name) {
		return alarms().filter((alarm) -> alarm.text("AlarmName").equals("punctual-" + name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no alarm " + name));
	}

	private static boolean isRinging(Resource alarm, String measured) {
		Map<String, Double> values = new HashMap<>();
		for (String one : measured.split(" ")) {
			if (!one.isEmpty()) {
				values.put(one.replaceFirst("=.*", ""), Double.valueOf(one.replaceFirst(".*=", "")));
			}
		}
		Double value = value(alarm, values);
		return (value != null) ? value > alarm.at("Threshold").asDouble()
				: alarm.text("TreatMissingData").equals("breaching");
	}

	private static @Nullable Double value(Resource alarm, Map<String, Double> values) {
		if (!alarm.at("MetricName").isMissingNode()) {
			return values.get(alarm.text("MetricName"));
		}
		String expression = "";
		Map<String, @Nullable Double> points = new HashMap<>();
		for (JsonNode metric : alarm.at("Metrics")) {
			if (metric.has("Expression")) {
				expression = metric.path("Expression").asString("");
			}
			else {
				points.put(metric.path("Id").asString(""),
						values.get(metric.at("/MetricStat/Metric/MetricName").asString("")));
			}
		}
		return expression.isEmpty() ? points.values().iterator().next() : MetricMath.evaluate(expression, points);
	}

	private static int period(Resource alarm) {
		for (JsonNode metric : alarm.at("Metrics")) {
			if (metric.has("MetricStat")) {
				return metric.at("/MetricStat/Period").asInt();
			}
		}
		return alarm.at("Period").asInt();
	}

}
