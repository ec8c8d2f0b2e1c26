package io.punctual.shared.security;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

import io.punctual.shared.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.client.RestClient;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Sets up who may call: every service checks the token by itself, whoever stands before
 * it.
 */
@AutoConfiguration(before = { OAuth2ResourceServerAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(IdentityProperties.class)
class SecurityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	JwtDecoder jwtDecoder(IdentityProperties identity) {
		return TokenDecoder.of(identity);
	}

	@Bean
	SecurityFilterChain apiSecurity(HttpSecurity http, ProblemWriter problems, ObjectProvider<OpenPaths> open) {
		String[] withoutToken = open.stream().flatMap((paths) -> paths.patterns().stream()).toArray(String[]::new);
		ProblemEntryPoint refusals = new ProblemEntryPoint(problems);
		return http
			.authorizeHttpRequests(
					(requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
						.permitAll()
						.requestMatchers("/actuator/health", "/actuator/health/**")
						.permitAll()
						.requestMatchers(withoutToken)
						.permitAll()
						.requestMatchers("/internal/**", "/actuator/**")
						.hasAuthority("SCOPE_" + Scopes.INTERNAL)
						.anyRequest()
						.authenticated())
			.oauth2ResourceServer((server) -> server.jwt((jwt) -> {
			}).authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			// No cookie authenticates anybody, so there is nothing to forge.
			.csrf((csrf) -> csrf.disable())
			.requestCache((cache) -> cache.disable())
			.logout((logout) -> logout.disable())
			.build();
	}

	@Bean
	@ConditionalOnMissingBean
	ServiceTokens serviceTokens(IdentityProperties identity, RestClient.Builder http) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build());
		requests.setReadTimeout(Duration.ofSeconds(5));
		return new ClientCredentialsTokens(identity, http.requestFactory(requests).build());
	}

	@Bean
	WebMvcConfigurer callers(CredentialDirectory credentials, ObjectProvider<OpenPaths> open) {
		return new WebMvcConfigurer() {

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				// Where no token is asked for, one that is sent along says nothing.
				registry.addInterceptor(new CallerInterceptor(credentials))
					.addPathPatterns("/**")
					.excludePathPatterns(open.stream().flatMap((paths) -> paths.patterns().stream()).toList());
			}

			@Override
			public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
				resolvers.add(new CallerArgumentResolver());
			}

		};
	}

}
