package io.punctual.aws.metrics;

import io.micrometer.cloudwatch2.CloudWatchMeterRegistry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.punctual.aws.AwsClients;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Sets up the registry that publishes the listed meters to CloudWatch.
 */
@AutoConfiguration(after = MetricsAutoConfiguration.class,
		before = { CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class })
@ConditionalOnProperty("punctual.metrics.cloudwatch.enabled")
@EnableConfigurationProperties(CloudWatchProperties.class)
class CloudWatchAutoConfiguration {

	@Bean
	ListedMetrics listedMetrics(AwsClients aws, @Value("${spring.application.name}") String service) {
		return new ListedMetrics(aws.build(CloudWatchClient.builder()), PublishedMeters.of(service));
	}

	@Bean
	@ConditionalOnMissingBean
	CloudWatchMeterRegistry cloudWatchMeterRegistry(CloudWatchProperties properties, ListedMetrics metrics, Clock clock,
			@Value("${spring.application.name}") String service) {
		CloudWatchMeterRegistry registry = new CloudWatchMeterRegistry(properties.config(), clock, metrics);
		registry.config().commonTags(PublishedMeters.SERVICE, service).meterFilter(PublishedMeters.of(service));
		return registry;
	}

	@Bean
	MeterBinder publishedMetrics(ListedMetrics metrics) {
		return (registry) -> Gauge.builder("punctual.metrics.published", metrics, ListedMetrics::published)
			.description("Metrics that were sent to CloudWatch the last time")
			.register(registry);
	}

}
