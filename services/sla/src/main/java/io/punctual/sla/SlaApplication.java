package io.punctual.sla;

import io.punctual.shared.schema.PunctualService;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the sla service.
 */
@SpringBootApplication
public class SlaApplication {

	public static void main(String[] args) {
		PunctualService.run(SlaApplication.class, args);
	}

}
