package io.punctual.testing.sample;

import io.punctual.shared.schema.PunctualService;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The small application.
 */
@SpringBootApplication
public class SampleApplication {

	public static void main(String[] args) {
		PunctualService.run(SampleApplication.class, args);
	}

}
