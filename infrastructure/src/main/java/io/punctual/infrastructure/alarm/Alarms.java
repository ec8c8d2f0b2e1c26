package io.punctual.infrastructure.alarm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmRule;
import software.amazon.awscdk.services.cloudwatch.CompositeAlarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IAlarm;
import software.amazon.awscdk.services.cloudwatch.IAlarmRule;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.constructs.Construct;

/**
 * Makes alarms, none of them without a runbook: {@code docs/runbooks/NAME.md}.
 */
public final class Alarms {

	private final Construct scope;

	private final AlarmTopics topics;

	private final List<IAlarm> heard = new ArrayList<>();

	public Alarms(Construct scope, AlarmTopics topics) {
		this.scope = scope;
		this.topics = topics;
	}

	/**
	 * Those that reach somebody: all but the parts of composite ones.
	 */
	public List<IAlarm> heard() {
		return List.copyOf(this.heard);
	}

	/**
	 * When an alarm rings.
	 *
	 * @param above the value that must be exceeded
	 * @param points how many of the latest data points must exceed it
	 * @param of how many of the latest data points are looked at
	 * @param missing what a missing data point counts for
	 */
	public record When(double above, int points, int of, TreatMissingData missing) {

		/**
		 * Each of that many data points exceeds the value; silence is well.
		 */
		public static When above(double value, int points) {
			return new When(value, points, points, TreatMissingData.NOT_BREACHING);
		}

		/**
		 * As many of the latest points, not necessarily one after the other.
		 */
		public When of(int latest) {
			return new When(this.above, this.points, latest, this.missing);
		}

		/**
		 * Silence is bad too.
		 */
		public When orSilent() {
			return new When(this.above, this.points, this.of, TreatMissingData.BREACHING);
		}

	}

	/**
	 * An alarm with a runbook of its name.
	 */
	public Alarm ring(String name, Urgency urgency, String says, IMetric metric, When when) {
		return make(name, name, urgency, says, metric, when);
	}

	/**
	 * A part of a composite alarm, whose runbook is its own.
	 */
	public Alarm part(String name, String of, String says, IMetric metric, When when) {
		return make(name, of, Urgency.NONE, says, metric, when);
	}

	/**
	 * Rings once for all of its parts.
	 */
	public CompositeAlarm any(String name, Urgency urgency, String says, Alarm... parts) {
		return composite(name, urgency, says, AlarmRule.anyOf(rules(parts)));
	}

	/**
	 * Rings while every part does.
	 */
	public CompositeAlarm all(String name, Urgency urgency, String says, Alarm... parts) {
		return composite(name, urgency, says, AlarmRule.allOf(rules(parts)));
	}

	/**
	 * Rings for the symptom unless its cause rings already.
	 */
	public CompositeAlarm unless(String name, Urgency urgency, String says, Alarm symptom, Alarm cause) {
		return composite(name, urgency, says, AlarmRule.allOf(symptom, AlarmRule.not(cause)));
	}

	/**
	 * Rings once for all of its parts, unless what they lead to rings already.
	 */
	public CompositeAlarm anyUnless(String name, Urgency urgency, String says, Alarm consequence, Alarm... parts) {
		return composite(name, urgency, says,
				AlarmRule.allOf(AlarmRule.anyOf(rules(parts)), AlarmRule.not(consequence)));
	}

	private CompositeAlarm composite(String name, Urgency urgency, String says, IAlarmRule rule) {
		CompositeAlarm alarm = CompositeAlarm.Builder.create(this.scope, title(name))
			.compositeAlarmName("punctual-" + name)
			.alarmDescription(description(says, name))
			.alarmRule(rule)
			.build();
		alarm.addAlarmAction(new SnsAction(this.topics.of(urgency)));
		alarm.addOkAction(new SnsAction(this.topics.of(urgency)));
		this.heard.add(alarm);
		return alarm;
	}

	private Alarm make(String name, String runbook, Urgency urgency, String says, IMetric metric, When when) {
		Alarm alarm = Alarm.Builder.create(this.scope, title(name))
			.alarmName("punctual-" + name)
			.alarmDescription(description(says, runbook))
			.metric(metric)
			.threshold(when.above())
			.comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
			.datapointsToAlarm(when.points())
			.evaluationPeriods(when.of())
			.treatMissingData(when.missing())
			.build();
		if (urgency != Urgency.NONE) {
			alarm.addAlarmAction(new SnsAction(this.topics.of(urgency)));
			alarm.addOkAction(new SnsAction(this.topics.of(urgency)));
			this.heard.add(alarm);
		}
		return alarm;
	}

	/**
	 * What is read first by whoever is woken.
	 */
	public static String description(String says, String runbook) {
		return says + ". Runbook: docs/runbooks/" + runbook + ".md";
	}

	private static IAlarmRule[] rules(Alarm... alarms) {
		return Arrays.copyOf(alarms, alarms.length, IAlarmRule[].class);
	}

	private static String title(String name) {
		return Arrays.stream(name.split("-"))
			.map((word) -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
			.collect(Collectors.joining());
	}

}
