package io.punctual.local.launcher;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VerifyCommandTests {

	@Test
	void handsItsArgumentsToTheServicesJarAsTheyAre() {
		List<String> command = new VerifyCommand(Path.of("/punctual")).command("verify-statement", "--keys=k.json",
				"a b.json");
		assertThat(command).endsWith("verify-statement", "--keys=k.json", "a b.json");
		assertThat(command.get(command.indexOf("-jar") + 1))
			.isEqualTo(Path.of("/punctual/services/sla/target/sla-1.0.0-SNAPSHOT-app.jar").toString());
	}

}
