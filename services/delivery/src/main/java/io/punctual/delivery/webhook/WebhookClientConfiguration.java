package io.punctual.delivery.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.punctual.delivery.DeliveryProperties;
import io.punctual.shared.target.TargetPolicy;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The HTTP client towards receivers. Its resolver hands out checked addresses only, and
 * the connection is made to those very addresses: no second look-up can answer otherwise.
 * TLS still verifies the host's name. See {@code docs/decisions/webhook-http-client.md}.
 */
@Configuration(proxyBeanMethods = false)
class WebhookClientConfiguration {

	/** At most this many attempts at once go to one endpoint. */
	private static final int PER_ROUTE = 64;

	/** Kept in all; what finds none free waits. */
	private static final int IN_ALL = 2000;

	@Bean
	CloseableHttpClient webhookClient(TargetPolicy targets, DeliveryProperties properties) {
		PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
			.setDnsResolver(new CheckedResolver(targets))
			.setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
			.setMaxConnTotal(IN_ALL)
			.setMaxConnPerRoute(PER_ROUTE)
			.setDefaultConnectionConfig(ConnectionConfig.custom()
				.setConnectTimeout(Timeout.of(properties.connectTimeout()))
				.setSocketTimeout(Timeout.of(properties.timeout()))
				.setValidateAfterInactivity(TimeValue.ofSeconds(2))
				.setTimeToLive(TimeValue.ofMinutes(5))
				.build())
			.build();
		return HttpClients.custom()
			.setConnectionManager(connections)
			.setDefaultRequestConfig(RequestConfig.custom()
				.setConnectionRequestTimeout(Timeout.of(properties.timeout()))
				.setResponseTimeout(Timeout.of(properties.timeout()))
				.setHardCancellationEnabled(true)
				.build())
			.disableRedirectHandling()
			.disableAutomaticRetries()
			.disableCookieManagement()
			.disableAuthCaching()
			.disableContentCompression()
			.evictIdleConnections(TimeValue.ofSeconds(30))
			.setUserAgent("Punctual/1")
			.build();
	}

	/**
	 * Resolves to public addresses, or not at all.
	 */
	private record CheckedResolver(TargetPolicy targets) implements DnsResolver {

		@Override
		public InetAddress[] resolve(String host) throws UnknownHostException {
			InetAddress[] addresses = InetAddress.getAllByName(host);
			for (InetAddress address : addresses) {
				if (!this.targets.isAllowed(host, address)) {
					throw new ForbiddenTargetException(host);
				}
			}
			return addresses;
		}

		@Override
		public String resolveCanonicalHostname(String host) {
			return host;
		}

	}

}
