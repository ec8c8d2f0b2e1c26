package io.punctual.notices;

import io.punctual.shared.schema.PunctualService;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the notices service.
 */
@SpringBootApplication
public class NoticesApplication {

	public static void main(String[] args) {
		PunctualService.run(NoticesApplication.class, args);
	}

}
