package io.punctual.clients;

import io.punctual.shared.schema.PunctualService;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the clients service.
 */
@SpringBootApplication
public class ClientsApplication {

	public static void main(String[] args) {
		PunctualService.run(ClientsApplication.class, args);
	}

}
