package io.punctual.infrastructure.observation;

import io.punctual.infrastructure.alarm.AlarmTopics;
import io.punctual.infrastructure.alarm.Alarms;
import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.settings.Environment;
import software.constructs.Construct;

/**
 * What tells whether promises are kept: the dashboard, the alarms with their runbooks,
 * and where they go.
 */
public final class ObservationStack extends Named {

	private final AlarmTopics topics;

	public ObservationStack(Construct scope, Environment environment, Watched watched) {
		super(scope, "Observation", "dashboard and alarms", environment);
		this.topics = new AlarmTopics(this, "Topics", environment);
		Alarms alarms = new Alarms(this, this.topics);
		Meters meters = new Meters();
		AwsMetrics aws = new AwsMetrics(watched);
		PromisesKept promises = new PromisesKept(meters);
		promises.alarm(alarms);
		new WorkAlarms(meters, alarms).alarm();
		new LogAlarms(this, alarms).alarm();
		new SaturationAlarms(meters, aws, alarms).alarm(environment.database());
		new DrillAlarms(aws, alarms).alarm();
		new MailAlarms(aws, alarms).alarm();
		new EdgeAlarms(this, aws, alarms).alarm(this.topics);
		new PromisesDashboard(environment, meters, aws, promises).draw(this, alarms.heard());
	}

	/**
	 * Where alarms of other stacks go too.
	 */
	public AlarmTopics topics() {
		return this.topics;
	}

}
