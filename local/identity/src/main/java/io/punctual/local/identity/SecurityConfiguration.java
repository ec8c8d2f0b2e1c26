package io.punctual.local.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.DispatcherType;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/**
 * Who may do what here: the protocol's endpoints, the administrator's, and the sign-in
 * page for people.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {

	@Bean
	@Order(1)
	SecurityFilterChain protocol(HttpSecurity http) throws Exception {
		http.oauth2AuthorizationServer((server) -> {
			http.securityMatcher(server.getEndpointsMatcher());
			server.oidc(Customizer.withDefaults());
			server.tokenEndpoint((token) -> token
				.accessTokenRequestConverters((converters) -> converters.addFirst(new AllScopesByDefault())));
		});
		http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
		http.exceptionHandling((handling) -> handling.defaultAuthenticationEntryPointFor(
				new LoginUrlAuthenticationEntryPoint("/login"), new MediaTypeRequestMatcher(MediaType.TEXT_HTML)));
		return http.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain admin(HttpSecurity http, IdentityProperties properties) throws Exception {
		http.securityMatcher("/admin/**");
		http.csrf(AbstractHttpConfigurer::disable);
		http.addFilterBefore(new AdminTokenFilter(properties.admin().token(), properties.admin().remote()),
				SecurityContextHolderFilter.class);
		http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll());
		return http.build();
	}

	@Bean
	@Order(3)
	SecurityFilterChain people(HttpSecurity http, IdentityProperties properties) throws Exception {
		http.authorizeHttpRequests((requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
			.permitAll()
			.requestMatchers("/actuator/health/**")
			.permitAll()
			.anyRequest()
			.authenticated());
		http.formLogin(Customizer.withDefaults());
		http.authenticationManager(staff(properties.staff()));
		return http.build();
	}

	private static ProviderManager staff(IdentityProperties.Staff staff) {
		PasswordEncoder encoder = new SecretEncoder();
		UserDetailsService users = (username) -> {
			String password = staff.password();
			if (password == null || password.isBlank() || !username.equals(staff.username())) {
				throw new UsernameNotFoundException("No such person");
			}
			return User.withUsername(username).password(encoder.encode(password)).authorities("STAFF").build();
		};
		DaoAuthenticationProvider provider = new DaoAuthenticationProvider(users);
		provider.setPasswordEncoder(encoder);
		return new ProviderManager(provider);
	}

	@Bean
	PasswordEncoder secretEncoder() {
		return new SecretEncoder();
	}

	@Bean
	RegisteredClientRepository registeredClients(JdbcOperations jdbc) {
		return new JdbcRegisteredClientRepository(jdbc);
	}

	@Bean
	JWKSource<SecurityContext> signingKeys(IdentityProperties properties) {
		return new ImmutableJWKSet<>(new JWKSet(SigningKey.readOrMake(properties.keyFile())));
	}

	@Bean
	AuthorizationServerSettings serverSettings(IdentityProperties properties) {
		return AuthorizationServerSettings.builder().issuer(properties.issuer()).build();
	}

}
