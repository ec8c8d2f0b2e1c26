package io.punctual.infrastructure.observation;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Environment.DatabaseSize;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What rings, when, and where it is heard.
 */
@NeedsNode
class AlarmTests {

	private final Template stack = Synthesised.production().stack("Observation");

	private Resource alarm(String name) {
		return this.stack.resources()
			.stream()
			.filter((resource) -> resource.text("AlarmName").equals("punctual-" + name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no alarm " + name));
	}

	@ParameterizedTest
	@CsvSource({ "promises-burn-fast, 14.4, 3600, 300", "promises-burn-slow, 6, 21600, 1800",
			"promises-burn-day, 3, 86400, 7200" })
	void burnRatesHaveTwoWindows(String name, double factor, int window, int check) {
		assertThat(alarm(name).json().toString()).contains("ALARM", name("window"), name("check"), " AND ");
		for (String part : List.of("window", "check")) {
			Resource alarm = alarm(name + "-" + part);
			assertThat(alarm.at("Threshold").asDouble()).isCloseTo(factor * 0.005, within(1e-6));
			assertThat(metrics(alarm)).hasSize(8).allSatisfy((metric) -> {
				assertThat(metric.at("/MetricStat/Period").asInt()).isEqualTo(part.equals("window") ? window : check);
				assertThat(metric.at("/MetricStat/Stat").asString("")).isEqualTo("Sum");
			});
		}
	}

	private static String name(String part) {
		return Character.toUpperCase(part.charAt(0)) + part.substring(1);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "promises-burn-fast", "promises-burn-slow", "deliveries-late", "work-waits", "threads-dead",
					"event-log-lag", "reader-halted", "verdict-contradicted", "service-silent", "database-storage",
					"api-errors", "release-idle", "mail-events-late", "evidence-changed", "nobody-on-call" })
	void whatBreaksPromisesWakesSomebody(String name) {
		assertThat(alarm(name).at("AlarmActions").toString()).contains("Pages").doesNotContain("Tickets");
		assertThat(alarm(name).at("OKActions").toString()).contains("Pages");
	}

	@ParameterizedTest
	@ValueSource(strings = { "promises-burn-day", "promise-broken", "events-parked", "evidence-pending",
			"verdicts-late", "endpoints-failing", "services-saturated", "database-strained", "metrics-count",
			"credentials-limit", "writes-refused", "errors-logged", "balancer-errors", "restore-drill-failed",
			"mail-bounces", "mail-complaints", "mail-events-refused" })
	void theRestWaitsUntilTheMorning(String name) {
		assertThat(alarm(name).at("AlarmActions").toString()).contains("Tickets").doesNotContain("Pages");
	}

	@Test
	void partsOfCompositesAreSilentAndEveryOtherAlarmIsHeard() {
		String rules = this.stack.all("AWS::CloudWatch::CompositeAlarm")
			.stream()
			.map((composite) -> composite.at("AlarmRule").toString())
			.reduce("", String::concat);
		assertThat(this.stack.all("AWS::CloudWatch::Alarm")).hasSizeGreaterThan(30)
			.allSatisfy((alarm) -> assertThat(
					alarm.at("AlarmActions").isMissingNode() && rules.contains("\"" + alarm.id() + "\"")
							|| !alarm.at("AlarmActions").isMissingNode())
				.as(alarm.text("AlarmName"))
				.isTrue());
	}

	@Test
	void evidencePendingIsQuietWhileItsCauseRings() {
		assertThat(alarm("evidence-pending").at("AlarmRule").toString()).contains("NOT", "EventLogLag");
	}

	@Test
	void callsInsideAreQuietWhileCallersOutsideSeeTheSame() {
		assertThat(alarm("balancer-errors").at("AlarmRule").toString()).contains("BalancerErrorsOwn",
				"BalancerErrorsTargets", " OR ", "NOT", "ApiErrors");
		assertThat(alarm("balancer-errors-own").json().toString()).contains("HTTPCode_ELB_5XX_Count", "Compute:",
				"LoadBalancerFullName");
		assertThat(alarm("balancer-errors-targets").json().toString()).contains("HTTPCode_Target_5XX_Count");
	}

	@Test
	void aServiceThatSaysThatItDoesNotWorkRingsAndOneThatSaysNothingIsLeftToAnotherAlarm() {
		assertThat(metrics(alarm("release-idle"))).hasSize(4).allSatisfy((metric) -> {
			assertThat(metric.at("/MetricStat/Metric/MetricName").asString(""))
				.isEqualTo("punctual.release.working.value");
			assertThat(metric.at("/MetricStat/Stat").asString("")).isEqualTo("Maximum");
		});
		assertThat(alarm("release-idle").at("Metrics").toString()).contains("IF(FILL(m0,1)>0,0,1)");
	}

	@Test
	void backupsThatNobodyHasRestoredForFiveWeeksRing() {
		assertThat(alarm("restore-drill-failed").at("AlarmRule").toString()).contains("RestoreDrillFailedRun",
				"RestoreDrillFailedAge", " OR ");
		Resource age = alarm("restore-drill-failed-age");
		assertThat(age.at("Threshold").asInt()).isEqualTo(35);
		assertThat(age.text("TreatMissingData")).isEqualTo("breaching");
		assertThat(metrics(alarm("restore-drill-failed-run")).stream()
			.map((metric) -> metric.at("/MetricStat/Metric/MetricName").asString("")))
			.containsExactlyInAnyOrder("ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted");
		Resource drill = Synthesised.production().stack("Drill").named("AWS::StepFunctions::StateMachine", "Machine");
		assertThat(alarm("restore-drill-failed-run").json().toString())
			.contains("stateMachine:" + drill.text("StateMachineName") + "\"");
		assertThat(age.json().toString()).contains("Punctual/Drill", "days_since_passed");
	}

	@Test
	void mailRingsBeforeSesStopsItAndForEveryEventThatIsNotRead() {
		assertThat(alarm("mail-bounces").at("Threshold").asDouble()).isEqualTo(0.05);
		assertThat(alarm("mail-complaints").at("Threshold").asDouble()).isEqualTo(0.001);
		assertThat(metrics(alarm("mail-bounces")).getFirst().at("/MetricStat/Metric/MetricName").asString(""))
			.isEqualTo("Reputation.BounceRate");
		assertThat(alarm("mail-events-refused").at("Threshold").asInt()).isZero();
		Template domain = Synthesised.production().stack("Domain");
		assertThat(metrics(alarm("mail-events-refused")).getFirst()
			.at("/MetricStat/Metric/Dimensions/0/Value")
			.asString("")).isEqualTo(domain.named("AWS::SQS::Queue", "MailRefused").text("QueueName"));
		assertThat(
				metrics(alarm("mail-events-late")).getFirst().at("/MetricStat/Metric/Dimensions/0/Value").asString(""))
			.isEqualTo(domain.named("AWS::SQS::Queue", "MailEvents").text("QueueName"));
	}

	@Test
	void silenceOfAServiceRings() {
		assertThat(alarm("service-silent").text("TreatMissingData")).isEqualTo("breaching");
		assertThat(metrics(alarm("service-silent"))).hasSize(4);
	}

	@Test
	void everyReaderIsWatched() {
		Meters meters = new Meters();
		Set<String> readers = new TreeSet<>();
		for (Service service : Service.values()) {
			meters.sources(service).forEach((source) -> readers.add(service.id() + " of " + source));
		}
		for (String name : List.of("event-log-lag", "events-parked")) {
			assertThat(metrics(alarm(name)).stream()
				.map((metric) -> metric.at("/MetricStat/Metric/Dimensions"))
				.map((dimensions) -> dimensions.at("/0/Value").asString("") + " of "
						+ dimensions.at("/1/Value").asString("")))
				.as(name)
				.containsExactlyInAnyOrderElementsOf(readers);
		}
	}

	@Test
	void storageRingsWhenItShouldHaveGrownAndHasNot() {
		// It grows by itself at a tenth, after five minutes.
		double autoscaling = 0.1 * Environment.production().database().storageGib() * 1024 * 1024 * 1024;
		String expression = alarm("database-storage").at("Metrics").toString();
		double rings = Double.parseDouble(expression.replaceFirst(".*IF\\(free<([0-9]+),1,0\\).*", "$1"));
		assertThat(rings).isBetween(0.25 * autoscaling, 0.75 * autoscaling);
		Resource grows = this.stack.named("AWS::RDS::EventSubscription", "DatabaseGrows");
		assertThat(grows.at("EventCategories").toString()).isEqualTo("[\"low storage\"]");
		assertThat(grows.at("SnsTopicArn").toString()).contains("Tickets");
	}

	@Test
	void connectionsRingBeforeTheDatabaseRefusesOne() {
		for (Environment environment : List.of(Environment.production(), Environment.staging())) {
			DatabaseSize size = environment.database();
			double allowed = size.memoryGib() * 1024.0 * 1024 * 1024 / 12_582_880;
			double rings = Synthesised.of(environment)
				.stack("Observation")
				.only("AWS::CloudWatch::Alarm",
						(alarm) -> alarm.text("AlarmName").equals("punctual-database-strained-connections"))
				.at("Threshold")
				.asDouble();
			assertThat(rings).as(environment.name()).isBetween(0.5 * allowed, 0.8 * allowed);
		}
	}

	@Test
	void noAlarmAsksForMoreThanCloudWatchAllows() {
		assertThat(this.stack.all("AWS::CloudWatch::Alarm")).allSatisfy((alarm) -> {
			assertThat(metrics(alarm)).as(alarm.id()).hasSizeLessThanOrEqualTo(10);
			int period = Math.max(alarm.at("Period").asInt(60),
					metrics(alarm).stream()
						.mapToInt((metric) -> metric.at("/MetricStat/Period").asInt())
						.max()
						.orElse(60));
			assertThat(period * alarm.at("EvaluationPeriods").asInt()).as(alarm.id())
				.isLessThanOrEqualTo((period >= 3600) ? 604_800 : 86_400);
		});
	}

	@Test
	void topicsAreEncryptedAndTakeNothingInTheClear() {
		assertThat(this.stack.all("AWS::SNS::Topic")).hasSize(2)
			.allSatisfy((topic) -> assertThat(topic.at("KmsMasterKeyId").isMissingNode()).isFalse());
		assertThat(this.stack.only("AWS::KMS::Key").at("EnableKeyRotation").asBoolean()).isTrue();
		assertThat(this.stack.all("AWS::SNS::TopicPolicy")).hasSize(2)
			.allSatisfy((policy) -> assertThat(policy.json().toString()).contains("aws:SecureTransport",
					"cloudwatch.amazonaws.com", "\"aws:SourceAccount\":\"222222222222\""));
	}

	@Test
	void eventsOfThePipelineAreLetInWithoutAConditionThatTheyCannotMeet() {
		Resource tickets = this.stack.only("AWS::SNS::TopicPolicy", (policy) -> policy.id().contains("Tickets"));
		for (JsonNode statements : List.of(tickets.at("PolicyDocument/Statement"),
				this.stack.only("AWS::KMS::Key").at("KeyPolicy/Statement"))) {
			assertThat(statements).filteredOn(
					(statement) -> statement.at("/Principal/Service").toString().contains("\"events.amazonaws.com\""))
				.singleElement()
				.matches((statement) -> statement.path("Condition").isMissingNode(), "has no condition");
		}
	}

	@Test
	void databaseAndPipelineSpeakForThemselves() {
		Resource events = this.stack.named("AWS::RDS::EventSubscription", "DatabaseEvents");
		assertThat(events.at("EventCategories").toString()).contains("failover", "failure")
			.doesNotContain("low storage");
		assertThat(events.at("SnsTopicArn").toString()).contains("Pages");
		Resource rule = this.stack.named("AWS::Events::Rule", "ReleaseFailed");
		assertThat(rule.at("EventPattern/detail/state/0").asString("")).isEqualTo("FAILED");
		assertThat(rule.at("Targets").toString()).contains("release-failed.md");
	}

	private static List<JsonNode> metrics(Resource alarm) {
		return java.util.stream.StreamSupport.stream(alarm.at("Metrics").spliterator(), false)
			.filter((metric) -> metric.has("MetricStat"))
			.toList();
	}

}
