package io.punctual.testing;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.resttestclient.autoconfigure.RestTestClientBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * What {@link PunctualTest} adds to an application.
 */
@TestConfiguration(proxyBeanMethods = false)
class PunctualTestConfiguration {

	@Bean
	TestDatabase testDatabase() {
		return TestDatabase.create();
	}

	@Bean(destroyMethod = "")
	TestTokens testTokens() {
		return TestTokens.shared();
	}

	@Bean
	DynamicPropertyRegistrar testProperties(TestTokens tokens) {
		return (registry) -> {
			registry.add("punctual.identity.issuer", tokens::issuer);
			registry.add("punctual.identity.client-id", () -> "test-service");
			registry.add("punctual.identity.client-secret", () -> "test-secret");
			registry.add("spring.datasource.hikari.minimum-idle", () -> 1);
			registry.add("server.shutdown", () -> "immediate");
		};
	}

	@Bean
	ApiDocument apiDocument(ApplicationContext application) {
		String other = application.getEnvironment().getProperty("punctual.testing.document");
		return (other != null) ? ApiDocument.of(application.getResource(other)) : ApiDocument.load();
	}

	@Bean
	ContractCheck contractCheck(ApiDocument document, ApplicationContext application) {
		return new ContractCheck(document, application);
	}

	@Bean
	AuditCheck auditCheck(ApiDocument document, ObjectProvider<JdbcClient> jdbc) {
		return new AuditCheck(document, jdbc);
	}

	@Bean
	RestTestClientBuilderCustomizer contractChecked(ContractCheck contract, AuditCheck audit) {
		return (builder) -> builder.requestInterceptor(contract).requestInterceptor(audit);
	}

	@Bean
	Api api(ObjectProvider<RestTestClient> http, ObjectProvider<JdbcClient> jdbc, TestTokens tokens) {
		return new Api(http, jdbc, tokens);
	}

}
