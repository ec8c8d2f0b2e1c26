package io.punctual.shared.web;

import java.time.Instant;
import java.time.LocalDate;

import io.punctual.shared.time.WrittenTime;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Sets up the filters of the API's surface.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(WebProperties.class)
class WebAutoConfiguration {

	@Bean
	FilterRegistrationBean<PathPrefixFilter> pathPrefixFilter(WebProperties properties) {
		FilterRegistrationBean<PathPrefixFilter> registration = new FilterRegistrationBean<>(
				new PathPrefixFilter(properties.pathPrefix()));
		registration.setEnabled(!properties.pathPrefix().isEmpty());
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	@Bean
	FilterRegistrationBean<CrossOriginFilter> crossOriginFilter(WebProperties properties) {
		FilterRegistrationBean<CrossOriginFilter> registration = new FilterRegistrationBean<>(
				new CrossOriginFilter(properties.origin()));
		registration.setEnabled(!properties.origin().isEmpty());
		// Refusals of a filter behind it are read by a page, too.
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	@Bean
	WebMvcConfigurer plainJson(JsonMapper mapper) {
		return new WebMvcConfigurer() {

			@Override
			public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
				builder.withJsonConverter(new PlainJsonConverter(mapper));
			}

		};
	}

	/** Query parameters are read as bodies are. */
	@Bean
	WebMvcConfigurer times() {
		return new WebMvcConfigurer() {

			@Override
			public void addFormatters(FormatterRegistry registry) {
				registry.addConverter(String.class, Instant.class, WrittenTime::instant);
				registry.addConverter(String.class, LocalDate.class, WrittenTime::date);
			}

		};
	}

	@Bean
	WebMvcConfigurer addresses() {
		return new WebMvcConfigurer() {

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				// Behind the callers': nobody unknown learns what there is.
				registry.addInterceptor(new AddressInterceptor())
					.addPathPatterns("/v1/**")
					.excludePathPatterns("/v1/acknowledgements/**")
					.order(1);
			}

		};
	}

	@Bean
	FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(WebProperties properties) {
		FilterRegistrationBean<BodyLimitFilter> registration = new FilterRegistrationBean<>(
				new BodyLimitFilter(Math.toIntExact(properties.maxBodySize().toBytes())));
		// Behind Spring Security's -100: nobody unknown makes us read a body.
		registration.setOrder(0);
		return registration;
	}

}
