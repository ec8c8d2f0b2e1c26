package io.punctual.delivery;

import io.punctual.shared.schema.PunctualService;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Starts the delivery service.
 */
@SpringBootApplication
@EnableScheduling
@ConfigurationPropertiesScan
public class DeliveryApplication {

	public static void main(String[] args) {
		PunctualService.run(DeliveryApplication.class, args);
	}

}
