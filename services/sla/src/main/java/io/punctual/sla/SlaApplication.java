package io.punctual.sla;

import io.punctual.shared.schema.PunctualService;
import io.punctual.sla.statement.VerifyMode;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the sla service, or verifies statements and ends.
 */
@SpringBootApplication
public class SlaApplication {

	public static void main(String[] args) {
		if (args.length > 0 && VerifyMode.ARGUMENT.equals(args[0])) {
			System.exit(VerifyMode.run(args));
		}
		PunctualService.run(SlaApplication.class, args);
	}

}
