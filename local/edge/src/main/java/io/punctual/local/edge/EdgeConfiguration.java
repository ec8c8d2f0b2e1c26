package io.punctual.local.edge;

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
import io.punctual.local.edge.gateway.AccessLog;
import io.punctual.local.edge.gateway.Answer;
import io.punctual.local.edge.gateway.Exchange;
import io.punctual.local.edge.gateway.Gateway;
import io.punctual.local.edge.gateway.GatewayAnswers;
import io.punctual.local.edge.gateway.GatewayServlet;
import io.punctual.local.edge.gateway.RefusalValve;
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
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
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
	ServletRegistrationBean<GatewayServlet> gatewayServlet(Gateway gateway, Settings settings) {
		return new ServletRegistrationBean<>(
				new GatewayServlet(gateway, settings, new AccessLog(settings.accessLogFormat())), "/*");
	}

	/**
	 * A request that the web server itself refuses gets the document's answer, too.
	 */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> refusals(Gateway gateway, Settings settings) {
		return (factory) -> factory.addContextCustomizers((context) -> context.getParent()
			.getPipeline()
			.addValve(new RefusalValve(gateway, settings, new AccessLog(settings.accessLogFormat()))));
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

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat() {
		return (factory) -> {
			factory.setRegisterDefaultServlet(false);
			factory.addConnectorCustomizers((connector) -> {
				// The path reaches the gateway as it was sent: the gateway alone says
				// what an encoded slash means.
				connector.setEncodedSolidusHandling("passthrough");
				connector.setEncodedReverseSolidusHandling("passthrough");
				connector.setAllowTrace(true);
				// A body that was refused unread is not swallowed for ever.
				connector.setProperty("maxSwallowSize", Integer.toString(12 * 1024 * 1024));
			});
		};
	}

}
