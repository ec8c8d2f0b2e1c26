package io.punctual.notices;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the notices service.
 */
@SpringBootApplication
public class NoticesApplication {

	public static void main(String[] args) {
		SpringApplication.run(NoticesApplication.class, args);
	}

}
