package io.punctual.local.edge;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.punctual.local.edge.authorizer.Authorizers;
import io.punctual.local.edge.cache.ResponseCache;
import io.punctual.local.edge.document.DocumentReader;
import io.punctual.local.edge.document.GatewayApi;
import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.document.Source;
import io.punctual.local.edge.gateway.Answer;
import io.punctual.local.edge.gateway.Exchange;
import io.punctual.local.edge.gateway.Gateway;
import io.punctual.local.edge.gateway.GatewayAnswers;
import io.punctual.local.edge.gateway.GatewayServer;
import io.punctual.local.edge.gateway.Routes;
import io.punctual.local.edge.integration.Backend;
import io.punctual.local.edge.integration.HttpProxyIntegration;
import io.punctual.local.edge.integration.Integrations;
import io.punctual.local.edge.target.AdminServer;
import io.punctual.local.edge.target.HealthChecks;
import io.punctual.local.edge.target.Targets;
import io.punctual.local.edge.template.Templates;
import io.punctual.local.edge.throttle.ApiKeys;
import io.punctual.local.edge.throttle.KeySource;
import io.punctual.local.edge.throttle.StageThrottle;
import io.punctual.local.edge.throttle.UsagePlans;
import io.punctual.local.edge.validation.RequestValidation;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the edge together from the document and its settings.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeProperties.class)
class EdgeConfiguration {

	@Bean
	GatewayApi api(EdgeProperties properties) {
		return DocumentReader.read(Source.of(Path.of(properties.document())));
	}

	@Bean
	Settings settings(EdgeProperties properties) {
		return (properties.settings() != null) ? Settings.read(Source.of(Path.of(properties.settings())))
				: Settings.none();
	}

	@Bean
	Targets targets(EdgeProperties properties, Settings settings) {
		return Targets.of(settings.targets(), properties.targets());
	}

	@Bean
	Backend backend() {
		return new Backend();
	}

	@Bean
	ApiKeys apiKeys(Settings settings, ObjectProvider<KeySource> source) {
		return new ApiKeys(settings, source.getIfAvailable());
	}

	@Bean
	@ConditionalOnProperty("punctual.edge.api-keys-uri")
	KeySource keySource(EdgeProperties properties) {
		return new KeySource(Objects.requireNonNull(properties.apiKeysUri()), properties.apiKeysToken());
	}

	@Bean
	Gateway gateway(GatewayApi api, Settings settings, EdgeProperties properties, Backend backend, Targets targets,
			ApiKeys keys) {
		Authorizers authorizers = new Authorizers(api, settings, properties.issuer(), properties.jwksUri());
		Integrations integrations = new Integrations(new HttpProxyIntegration(backend, targets), new Templates());
		return assemble(api, settings, authorizers, keys, integrations::carryOut, Clock.systemUTC(), System::nanoTime);
	}

	/**
	 * The steps in API Gateway's order.
	 */
	static Gateway assemble(GatewayApi api, Settings settings, Authorizers authorizers, ApiKeys keys,
			Function<Exchange, Answer> integration, Clock clock, LongSupplier nanos) {
		UsagePlans plans = new UsagePlans(settings, keys, clock, nanos);
		StageThrottle throttle = new StageThrottle(settings, nanos);
		RequestValidation validation = new RequestValidation();
		return new Gateway(new Routes(api.operations()),
				List.of(authorizers::authorize, plans::check, throttle::check, validation::check),
				new ResponseCache(settings, integration, nanos::getAsLong), new GatewayAnswers(api));
	}

	@Bean
	GatewayServer gatewayServer(Gateway gateway, Settings settings, EdgeProperties properties)
			throws UnknownHostException {
		InetAddress address = (properties.address() != null) ? InetAddress.getByName(properties.address()) : null;
		return new GatewayServer(properties.port(), address, properties.mostConnections(), gateway, settings);
	}

	@Bean
	AdminServer adminServer(EdgeProperties properties, Targets targets) {
		return new AdminServer(properties.adminPort(), targets);
	}

	@Bean
	HealthChecks healthChecks(EdgeProperties properties, Targets targets) {
		return new HealthChecks(targets, properties.healthPath(), Duration.ofSeconds(5));
	}

	@Bean
	ApplicationListener<ApplicationReadyEvent> adminServerStarter(AdminServer adminServer) {
		return (event) -> adminServer.start();
	}

}
