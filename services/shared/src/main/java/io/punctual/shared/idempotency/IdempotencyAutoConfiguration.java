package io.punctual.shared.idempotency;

import io.punctual.shared.release.WorkGate;
import io.punctual.shared.transaction.GroupedTransactions;
import io.punctual.shared.transaction.Transactions;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Sets up idempotency keys.
 */
@AutoConfiguration(after = JdbcClientAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableScheduling
class IdempotencyAutoConfiguration {

	@Bean
	IdempotencyKeys idempotencyKeys(JdbcClient jdbc, JsonMapper json) {
		return new IdempotencyKeys(jdbc, json);
	}

	@Bean
	GroupedTransactions groupedTransactions(Transactions transactions) {
		return new GroupedTransactions(transactions);
	}

	@Bean
	KeyPurge idempotencyKeyPurge(IdempotencyKeys keys, WorkGate gate) {
		return new KeyPurge(keys, gate);
	}

	/**
	 * Infrastructure, so that the auto-proxying which transactions bring picks it up; its
	 * collaborators are looked up late, so that it makes no bean early.
	 */
	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static Advisor idempotencyAdvisor(ObjectProvider<IdempotencyKeys> keys, ObjectProvider<Transactions> transactions,
			ObjectProvider<GroupedTransactions> groups, ObjectProvider<JsonMapper> json) {
		return new DefaultPointcutAdvisor(new AnnotationMatchingPointcut(null, Idempotent.class, true),
				(org.aopalliance.intercept.MethodInterceptor) (
						invocation) -> new IdempotencyInterceptor(keys.getObject(), transactions.getObject(),
								groups.getObject(), json.getObject())
							.invoke(invocation));
	}

}
