package io.punctual.testing.sample;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The small application.
 */
@SpringBootApplication
public class SampleApplication {

}
