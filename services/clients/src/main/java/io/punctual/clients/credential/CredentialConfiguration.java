package io.punctual.clients.credential;

import java.net.http.HttpClient;
import java.time.Duration;

import io.punctual.shared.credential.CredentialIssuer;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.client.RestClient;

/**
 * Chooses who issues credentials.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CredentialProperties.class)
@EnableScheduling
class CredentialConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CredentialIssuer credentialIssuer(CredentialProperties properties, RestClient.Builder http) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build());
		requests.setReadTimeout(Duration.ofSeconds(5));
		return new AuthorizationServerIssuer(http.clone()
			.requestFactory(requests)
			.baseUrl(properties.adminUrl().toString())
			.defaultHeaders((headers) -> headers.setBearerAuth(properties.adminToken()))
			.build(), properties.usagePlan());
	}

}
