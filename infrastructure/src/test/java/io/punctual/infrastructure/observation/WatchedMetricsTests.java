package io.punctual.infrastructure.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each metric that an alarm or the dashboard asks for is sent by somebody, under that
 * name and with those dimensions: a name that is wrong by a letter is silent for ever.
 */
@NeedsNode
class WatchedMetricsTests {

	/**
	 * What AWS's own services send, by their documents: of a namespace the dimensions and
	 * the names. Each was looked up in the service's guide, under "metrics and
	 * dimensions".
	 */
	private static final Map<String, Sent> OF_AWS = Map.ofEntries(
			Map.entry("AWS/ECS", new Sent("ClusterName ServiceName", "CPUUtilization MemoryUtilization")),
			Map.entry("AWS/RDS",
					new Sent("DBInstanceIdentifier",
							"CPUUtilization DatabaseConnections DiskQueueDepth FreeStorageSpace FreeableMemory"
									+ " ReadLatency WriteLatency")),
			Map.entry("AWS/ApiGateway", new Sent("ApiName Stage", "4XXError 5XXError Count Latency")),
			Map.entry("AWS/Route53", new Sent("HealthCheckId", "HealthCheckStatus")),
			Map.entry("AWS/States",
					new Sent("StateMachineArn", "ExecutionsAborted ExecutionsFailed ExecutionsTimedOut")),
			Map.entry("AWS/SES", new Sent("", "Reputation.BounceRate Reputation.ComplaintRate")),
			Map.entry("AWS/SQS",
					new Sent("QueueName", "ApproximateAgeOfOldestMessage ApproximateNumberOfMessagesVisible")),
			Map.entry("AWS/Lambda", new Sent("FunctionName", "Errors")),
			Map.entry("AWS/CodePipeline", new Sent("PipelineName", "FailedPipelineExecutions PipelineDuration")));

	/**
	 * Those of a load balancer have one dimension more when they are a target group's.
	 */
	private static final Map<String, Sent> OF_BALANCERS = Map.of("LoadBalancer",
			new Sent("", "HTTPCode_ELB_5XX_Count HTTPCode_Target_5XX_Count"), "LoadBalancer TargetGroup",
			new Sent("", "HealthyHostCount HTTPCode_Target_5XX_Count RequestCount UnHealthyHostCount"));

	private final Synthesised production = Synthesised.production();

	/**
	 * Dimensions and names, in words.
	 */
	private record Sent(String dimensions, String names) {

		boolean includes(WatchedMetric metric) {
			return metric.dimensionNames().equals(this.dimensions)
					&& Set.of(this.names.split(" ")).contains(metric.name());
		}

	}

	private List<WatchedMetric> watched(String namespace) {
		List<WatchedMetric> watched = new ArrayList<>();
		this.production.stacks().values().forEach((stack) -> watched.addAll(WatchedMetric.of(stack)));
		return watched.stream().filter((metric) -> metric.namespace().equals(namespace)).toList();
	}

	@Test
	void nothingIsWatchedOfANamespaceThatNobodyKnows() {
		Set<String> namespaces = new TreeSet<>(OF_AWS.keySet());
		namespaces.addAll(Set.of("Punctual", "Punctual/Logs", "Punctual/Audit", "Punctual/Canary", "Punctual/Drill",
				"AWS/ApplicationELB"));
		Set<String> found = new TreeSet<>();
		this.production.stacks()
			.values()
			.forEach((stack) -> WatchedMetric.of(stack).forEach((metric) -> found.add(metric.namespace())));
		assertThat(found).isEqualTo(namespaces);
	}

	@Test
	void whatOurServicesSendIsReadAsTheListSays() {
		Meters list = new Meters();
		assertThat(watched("Punctual")).hasSizeGreaterThan(50).allSatisfy((metric) -> {
			Map<String, String> dimensions = metric.furtherThan("Service");
			Service service = Service
				.valueOf(String.valueOf(metric.dimensions().get("Service")).toUpperCase(java.util.Locale.ROOT));
			// Refuses what is not on the list.
			assertThat(metric.statistic()).as(metric.toString())
				.isEqualTo(list.of(service, metric.name(), dimensions).getStatistic());
			if (dimensions.containsKey("source")) {
				assertThat(list.sources(service)).as(metric.toString()).contains(dimensions.get("source"));
			}
		});
	}

	@Test
	void whatIsCountedInLogsHasItsFilter() {
		for (String namespace : List.of("Punctual/Logs", "Punctual/Audit")) {
			Set<String> counted = new TreeSet<>();
			for (Template stack : this.production.stacks().values()) {
				stack.all("AWS::Logs::MetricFilter")
					.stream()
					.map((filter) -> filter.at("MetricTransformations/0"))
					.filter((counting) -> counting.path("MetricNamespace").asString("").equals(namespace))
					.forEach((counting) -> counted.add(counting.path("MetricName").asString("")));
			}
			assertThat(watched(namespace)).hasSizeGreaterThan(10).allSatisfy((metric) -> {
				assertThat(counted).as(metric.toString()).contains(metric.name());
				assertThat(metric.dimensions()).isEmpty();
				assertThat(metric.statistic()).isEqualTo("Sum");
			});
		}
	}

	@Test
	void whatTheCanaryAndTheDrillTellIsInTheirCode() throws IOException {
		String canary = Files.readString(Path.of("src/main/resources/canary/index.mjs"));
		assertThat(canary).contains("Namespace: 'Punctual/Canary', Dimensions: [[]]");
		assertThat(watched("Punctual/Canary")).hasSizeGreaterThan(2).allSatisfy((metric) -> {
			assertThat(canary).contains("Name: '" + metric.name() + "'");
			assertThat(metric.dimensions()).isEmpty();
		});
		String drill = this.production.stack("Drill").json().toString();
		assertThat(watched("Punctual/Drill")).isNotEmpty().allSatisfy((metric) -> {
			assertThat(drill).contains("\\\"MetricName\\\":\\\"" + metric.name() + "\\\"");
			assertThat(metric.dimensions()).isEmpty();
		});
	}

	@Test
	void whatAwsSendsIsInItsDocuments() {
		OF_AWS.forEach((namespace, sent) -> assertThat(watched(namespace)).isNotEmpty()
			.allSatisfy((metric) -> assertThat(sent.includes(metric)).as(metric.toString()).isTrue()));
		assertThat(watched("AWS/ApplicationELB")).isNotEmpty().allSatisfy((metric) -> {
			Sent sent = OF_BALANCERS.get(metric.dimensionNames());
			assertThat(sent).as(metric.toString()).isNotNull();
			assertThat(sent != null && Set.of(sent.names().split(" ")).contains(metric.name())).as(metric.toString())
				.isTrue();
		});
	}

}
