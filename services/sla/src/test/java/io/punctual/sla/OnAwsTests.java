package io.punctual.sla;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.testing.Api;
import io.punctual.testing.HttpStandIn;
import io.punctual.testing.HttpStandIn.Answer;
import io.punctual.testing.PunctualTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole service with the profile {@code aws}, and what it then sends to CloudWatch.
 */
@PunctualTest(properties = { "punctual.metrics.cloudwatch.step=1s", "punctual.aws.region=eu-west-1",
		"punctual.events.reading=false" })
@ActiveProfiles("aws")
class OnAwsTests {

	private static final HttpStandIn CLOUD_WATCH = new HttpStandIn((request) -> new Answer(200,
			Map.of("smithy-protocol", "rpc-v2-cbor", "Content-Type", "application/cbor"), new byte[] { (byte) 0xA0 }));

	static {
		System.setProperty("aws.accessKeyId", "test");
		System.setProperty("aws.secretAccessKey", "test");
	}

	@Autowired
	private Api api;

	@DynamicPropertySource
	static void standIn(DynamicPropertyRegistry registry) {
		registry.add("punctual.aws.endpoint", CLOUD_WATCH::url);
	}

	@AfterAll
	static void close() {
		System.clearProperty("aws.accessKeyId");
		System.clearProperty("aws.secretAccessKey");
		CLOUD_WATCH.close();
	}

	@Test
	void sendsWhatIsListedAndNothingOfTheHundredsBesides(@Autowired MeterRegistry meters) {
		this.api.provider().get().uri("/v1/clocks").exchange().expectStatus().isOk();
		List<String> expected = List.of("punctual.promises.kept.count", "punctual.promises.broken.count",
				"punctual.clocks.evidence_pending.value", "punctual.clocks.overdue.value",
				"punctual.database.pool.saturation.value", "punctual.events.appended.count",
				"punctual.metrics.published.value", "hikaricp.connections.timeout.count");
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(sent()).contains(expected));
		assertThat(sent()).doesNotContain("http.server.requests", "jvm.threads", "instance",
				"hikaricp.connections.usage");
		assertThat(meters.getMeters())
			.allSatisfy((meter) -> assertThat(meter.getId().getTag("Service")).isEqualTo("sla"));
	}

	@Test
	void takesNoMoreConnectionsThanTheDatabaseHasForATask(@Autowired DataSource dataSource) {
		assertThat(DataSourceUnwrapper.unwrap(dataSource, HikariDataSource.class)).isNotNull()
			.returns(12, HikariDataSource::getMaximumPoolSize);
	}

	/** Names are plain text in CBOR, too. */
	private static String sent() {
		return CLOUD_WATCH.requests()
			.stream()
			.map((request) -> new String(request.body(), StandardCharsets.ISO_8859_1))
			.collect(Collectors.joining());
	}

}
