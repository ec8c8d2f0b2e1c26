package io.punctual.aws.metrics;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;

/**
 * What the registry sends by: it leaves out the measurements that are not listed (a timer
 * alone would be four metrics), and calls from the registry's own thread, so that no
 * asynchronous HTTP client has to be on the class path.
 */
final class ListedMetrics implements CloudWatchAsyncClient {

	private final CloudWatchClient client;

	private final PublishedMeters listed;

	private volatile int published;

	ListedMetrics(CloudWatchClient client, PublishedMeters listed) {
		this.client = client;
		this.listed = listed;
	}

	/** How many metrics were sent the last time. */
	int published() {
		return this.published;
	}

	@Override
	public CompletableFuture<PutMetricDataResponse> putMetricData(PutMetricDataRequest request) {
		List<MetricDatum> data = request.metricData()
			.stream()
			.filter((datum) -> this.listed.contains(datum.metricName()))
			.toList();
		this.published = data.size();
		if (data.isEmpty()) {
			return CompletableFuture.completedFuture(PutMetricDataResponse.builder().build());
		}
		try {
			return CompletableFuture
				.completedFuture(this.client.putMetricData(request.toBuilder().metricData(data).build()));
		}
		catch (SdkException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public String serviceName() {
		return this.client.serviceName();
	}

	@Override
	public void close() {
		this.client.close();
	}

}
