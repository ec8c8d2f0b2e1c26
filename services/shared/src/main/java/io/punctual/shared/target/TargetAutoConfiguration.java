package io.punctual.shared.target;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Sets up the policy for targets.
 */
@AutoConfiguration
@EnableConfigurationProperties(TargetsProperties.class)
class TargetAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TargetPolicy targetPolicy(TargetsProperties targets) {
		return new TargetPolicy(targets.allowLoopback(), targets.allowHosts());
	}

}
