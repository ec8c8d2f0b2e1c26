package io.punctual.local.edge.benchmark;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * Spring Cloud Gateway (Server WebMVC) as it configures itself, with the routes it is
 * started with: it only passes requests on, and checks nothing.
 */
@EnableAutoConfiguration
public class CloudGateway {

	public static void main(String[] args) {
		SpringApplication.run(CloudGateway.class, args);
	}

}
