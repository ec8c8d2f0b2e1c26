package io.punctual.infrastructure.observation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.alarm.Alarms;
import io.punctual.infrastructure.alarm.Alarms.When;
import io.punctual.infrastructure.alarm.Urgency;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * Alarms on work that is not done: what will break promises before any is broken.
 */
final class WorkAlarms {

	private static final Duration MINUTE = Duration.minutes(1);

	private final Meters meters;

	private final Alarms alarms;

	WorkAlarms(Meters meters, Alarms alarms) {
		this.meters = meters;
		this.alarms = alarms;
	}

	void alarm() {
		releases();
		deliveries();
		logs();
		verdicts();
		onCall();
		credentials();
	}

	private void releases() {
		this.alarms.ring("release-idle", Urgency.PAGE,
				"No release of a service works: it answers, but sends, reads and judges nothing",
				Together.none("Idle services", MINUTE, this.meters.ofEach("punctual.release.working.value")),
				When.above(0, 3));
	}

	private void deliveries() {
		this.alarms.ring("deliveries-late", Urgency.PAGE,
				"A delivery to an endpoint that does not fail has been due for more than half a minute",
				this.meters.of(Service.DELIVERY, "punctual.deliveries.oldest_due.value"), When.above(30, 3));
		this.alarms.any("work-waits", Urgency.PAGE, "Work waits, and nothing is sent or nothing is written",
				this.alarms.part("work-waits-unwritten", "work-waits",
						"Results of attempts have waited for more than 20 seconds while nothing was written",
						this.meters.of(Service.DELIVERY, "punctual.completions.stalled.value"), When.above(20, 2)),
				this.alarms.part("work-waits-untaken", "work-waits",
						"Endpoints have had work to be sent for three minutes, and nothing was attempted", untaken(),
						When.above(0, 3)));
		this.alarms.ring("endpoints-failing", Urgency.TICKET,
				"More endpoints fail than can be put down to their owners: is it us?",
				this.meters.of(Service.DELIVERY, "punctual.endpoints.failing.value"), When.above(20, 10));
	}

	private MathExpression untaken() {
		List<Metric> attempts = this.meters.ofEachValue(Service.DELIVERY, "punctual.webhook.attempts.count", "outcome");
		Map<String, IMetric> named = new LinkedHashMap<>();
		StringBuilder sum = new StringBuilder();
		for (Metric metric : attempts) {
			String id = "a" + named.size();
			sum.append(sum.isEmpty() ? "" : "+").append("FILL(").append(id).append(",0)");
			named.put(id, metric);
		}
		named.put("ready", this.meters.of(Service.DELIVERY, "punctual.endpoints.ready.value"));
		return MathExpression.Builder.create()
			.expression("IF(FILL(ready,0)>0 AND (" + sum + ")==0,1,0)")
			.usingMetrics(named)
			.period(MINUTE)
			.label("Nothing is attempted")
			.build();
	}

	private void logs() {
		Alarm lag = this.alarms.ring("event-log-lag", Urgency.PAGE,
				"A service has not read another one's log to its end for more than a minute", Together
					.largest("Oldest reading, s", MINUTE, this.meters.ofEachReader("punctual.events.reader.age.value")),
				When.above(60, 3));
		this.alarms.ring("events-parked", Urgency.TICKET,
				"Events could not be applied and are parked, with later ones of their subjects",
				Together.largest("Parked", MINUTE, this.meters.ofEachReader("punctual.events.parked.value")),
				When.above(0, 1));
		Alarm pending = this.alarms.part("evidence-pending-clocks", "evidence-pending",
				"Clocks cannot be judged, because a log is not read that far",
				this.meters.of(Service.SLA, "punctual.clocks.evidence_pending.value"), When.above(0, 5));
		this.alarms.unless("evidence-pending", Urgency.TICKET,
				"Clocks cannot be judged although no log is known to be behind", pending, lag);
	}

	private void verdicts() {
		this.alarms.ring("verdicts-late", Urgency.TICKET,
				"A clock has waited for its verdict for more than half a minute",
				this.meters.of(Service.SLA, "punctual.clocks.overdue.value"), When.above(30, 5));
	}

	private void onCall() {
		this.alarms.ring("nobody-on-call", Urgency.PAGE,
				"Nobody is told of escalations: no endpoint of whoever is on call is verified, and no contact takes mail",
				nobodyOnCall(), When.above(0, 15));
	}

	/**
	 * To hear nothing of it while {@code delivery} says something else is as bad as to
	 * hear that nobody is: what must not fail unseen cannot take silence for well. Where
	 * it says nothing at all, {@code service-silent} rings for the one cause.
	 */
	private MathExpression nobodyOnCall() {
		return MathExpression.Builder.create()
			.expression("IF(FILL(speaks,0)>0 AND FILL(told,0)==0,1,0)")
			.usingMetrics(Ordered.map("speaks", this.meters.of(Service.DELIVERY, "punctual.metrics.published.value"),
					"told", this.meters.of(Service.DELIVERY, "punctual.oncall.targets.value")))
			.period(MINUTE)
			.label("Nobody is on call")
			.build();
	}

	private void credentials() {
		this.alarms.ring("credentials-limit", Urgency.TICKET,
				"More than 800 credentials are active, and the pool holds 1,000 app clients",
				this.meters.of(Service.CLIENTS, "punctual.credentials.active.value"), When.above(800, 15));
		this.alarms.ring("credentials-not-withdrawn", Urgency.TICKET,
				"Revoked credentials are still known to their issuer after a quarter of an hour",
				this.meters.of(Service.CLIENTS, "punctual.credentials.to_withdraw.value"), When.above(0, 15));
		this.alarms.ring("writes-refused", Urgency.TICKET,
				"Many writing requests are refused for who sent them: a broken client, or somebody trying doors",
				Together.sum("Refused", Duration.minutes(5), this.meters.ofEach("punctual.audit.denied.count")),
				When.above(50, 1));
	}

}
