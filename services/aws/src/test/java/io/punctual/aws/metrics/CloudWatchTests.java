package io.punctual.aws.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.micrometer.cloudwatch2.CloudWatchMeterRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punctual.aws.AwsConfigurations;
import io.punctual.testing.HttpStandIn;
import io.punctual.testing.HttpStandIn.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is really sent to CloudWatch, read by a server that stands in for it.
 */
class CloudWatchTests {

	/** CloudWatch takes 30 cents a month for each of the first ten thousand metrics. */
	private static final int MOST_METRICS = 90;

	private static final ObjectMapper CBOR = new CBORMapper();

	private final HttpStandIn cloudWatch = new HttpStandIn((request) -> new Answer(200,
			Map.of("smithy-protocol", "rpc-v2-cbor", "Content-Type", "application/cbor"), new byte[] { (byte) 0xA0 }));

	@AfterEach
	void close() {
		this.cloudWatch.close();
	}

	@Test
	void aListedMeterIsSentWithItsListedDimensionsAndMeasurementsOnly() {
		runner("delivery").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			counter(registry, "punctual.webhook.attempts", "outcome", "delivered", "host", "task-1").increment(3);
			registry.timer("punctual.webhook.first_attempt").record(Duration.ofMillis(120));
			registry.counter("punctual.promises.kept", "objective", "delivery").increment();
			registry.counter("http.server.requests").increment();
			context.getBean(CloudWatchMeterRegistry.class).close();
			List<Datum> data = sent();
			assertThat(data).contains(new Datum("punctual.webhook.attempts.count",
					Map.of("Service", "delivery", "outcome", "delivered"), 3.0, "Count"));
			assertThat(data).anySatisfy((datum) -> {
				assertThat(datum.name()).isEqualTo("punctual.webhook.first_attempt.max");
				assertThat(datum.dimensions()).isEqualTo(Map.of("Service", "delivery"));
				assertThat(datum.value()).isEqualTo(120);
				assertThat(datum.unit()).isEqualTo("Milliseconds");
			});
			assertThat(data).extracting(Datum::name)
				.doesNotContain("punctual.webhook.first_attempt.sum", "punctual.webhook.first_attempt.avg",
						"punctual.promises.kept.count", "http.server.requests.count");
			assertThat(this.cloudWatch.requests()).allSatisfy((request) -> {
				assertThat(request.header("Authorization")).startsWith("AWS4-HMAC-SHA256 Credential=test/")
					.contains("/eu-west-1/monitoring/");
				assertThat(CBOR.readTree(request.body()).get("Namespace").asString()).isEqualTo("Punctual");
			});
		});
	}

	@Test
	void aFullyBusySystemStaysBelowTheLimitOfPaidMetrics() {
		Set<Map.Entry<String, Map<String, String>>> metrics = new HashSet<>();
		for (String service : List.of("clients", "notices", "delivery", "sla")) {
			this.cloudWatch.forget();
			runner(service).run((context) -> {
				CloudWatchMeterRegistry registry = context.getBean(CloudWatchMeterRegistry.class);
				PublishedMeters.read().forEach((listed) -> fill(registry, listed));
				for (int i = 0; i < 200; i++) {
					counter(registry, "punctual.events.appended", "client", "cli_" + i).increment();
					registry.counter("some.library." + i).increment();
				}
				// Once for the measurements, once more for the number of them.
				registry.close();
			});
			sent().forEach((datum) -> metrics.add(Map.entry(datum.name(), datum.dimensions())));
		}
		assertThat(metrics).as("metrics that are paid for").hasSizeBetween(40, MOST_METRICS);
		assertThat(metrics).allSatisfy((metric) -> assertThat(metric.getValue()).containsKey("Service"));
	}

	@Test
	void whatIsListedIsWellFormed() {
		assertThat(PublishedMeters.read()).isNotEmpty().allSatisfy((listed) -> {
			assertThat(listed.metric()).matches("[a-z_.]+\\.(count|value|max)");
			assertThat(listed.services()).isNotEmpty().isSubsetOf("clients", "notices", "delivery", "sla");
			assertThat(listed.statistic()).isIn("Sum", "Maximum");
			assertThat(listed.unit()).isIn("Count", "None", "Seconds", "Milliseconds");
			assertThat(listed.says()).isNotBlank();
		});
	}

	@Test
	void cloudWatchThatIsAwayHindersNothing() {
		this.cloudWatch.answering((request) -> Answer.json(503, "{}"));
		runner("sla").withPropertyValues("punctual.aws.timeout=2s").run((context) -> {
			context.getBean(MeterRegistry.class).counter("punctual.events.appended").increment();
			context.getBean(CloudWatchMeterRegistry.class).close();
			assertThat(this.cloudWatch.requests()).hasSizeGreaterThan(1);
			assertThat(context).hasNotFailed();
		});
	}

	@Test
	void withoutTheProfileNothingOfItIsThere() {
		new ApplicationContextRunner().withConfiguration(configurations())
			.withPropertyValues("spring.application.name=sla")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(CloudWatchMeterRegistry.class);
				assertThat(context.getBean(MeterRegistry.class)).isInstanceOf(SimpleMeterRegistry.class);
			});
	}

	private ApplicationContextRunner runner(String service) {
		return new ApplicationContextRunner().withConfiguration(configurations())
			.withPropertyValues("spring.application.name=" + service, "punctual.metrics.cloudwatch.enabled=true",
					"punctual.aws.region=eu-west-1", "punctual.aws.endpoint=" + this.cloudWatch.url())
			.withSystemProperties("aws.accessKeyId=test", "aws.secretAccessKey=test");
	}

	private static AutoConfigurations configurations() {
		return AutoConfigurations
			.of(AwsConfigurations.with(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
					SimpleMetricsExportAutoConfiguration.class, CloudWatchAutoConfiguration.class));
	}

	private static Counter counter(MeterRegistry registry, String name, String... tags) {
		return Counter.builder(name).tags(tags).register(registry);
	}

	private static void fill(MeterRegistry registry, PublishedMeter listed) {
		List<String[]> all = new ArrayList<>();
		all.add(new String[0]);
		listed.dimensions().forEach((name, values) -> {
			all.clear();
			values.forEach((value) -> all.add(new String[] { name, value }));
		});
		for (String[] tags : all) {
			if (listed.metric().endsWith(".count")) {
				counter(registry, listed.meter(), tags).increment();
			}
			else if (listed.metric().endsWith(".max")) {
				Timer.builder(listed.meter()).tags(tags).register(registry).record(Duration.ofMillis(1));
			}
			else {
				Gauge.builder(listed.meter(), () -> 1).tags(tags).register(registry);
			}
		}
	}

	private List<Datum> sent() {
		List<Datum> data = new ArrayList<>();
		for (HttpStandIn.Request request : this.cloudWatch.requests()) {
			assertThat(request.path()).endsWith("/operation/PutMetricData");
			try {
				CBOR.readTree(request.body()).get("MetricData").forEach((datum) -> data.add(Datum.of(datum)));
			}
			catch (RuntimeException ex) {
				throw new AssertionError("This is no CBOR", ex);
			}
		}
		return data;
	}

	private record Datum(String name, Map<String, String> dimensions, double value, String unit) {

		private static Datum of(JsonNode node) {
			Map<String, String> dimensions = new TreeMap<>();
			node.get("Dimensions")
				.forEach((one) -> dimensions.put(one.get("Name").asString(), one.get("Value").asString()));
			return new Datum(node.get("MetricName").asString(), dimensions, node.get("Value").asDouble(),
					node.get("Unit").asString());
		}

	}

}
