package io.punctual.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class StateFolderTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path root;

	@Test
	void keepsSecretsBetweenStartsUntilReset() {
		StateFolder folder = new StateFolder(this.root.resolve(".punctual"));
		String secret = Secrets.readOrMake(folder).get("database.clients");
		assertThat(secret).hasSizeGreaterThan(20);
		assertThat(Secrets.readOrMake(folder).get("database.clients")).isEqualTo(secret);
		assertThat(Secrets.readOrMake(folder).get("database.sla")).isNotEqualTo(secret);
		folder.reset();
		assertThat(Secrets.readOrMake(folder).get("database.clients")).isNotEqualTo(secret);
	}

	@Test
	void makesAKeyOfThirtyTwoBytes() throws IOException {
		StateFolder folder = new StateFolder(this.root.resolve(".punctual"));
		Secrets.readOrMake(folder);
		String line = Files.readAllLines(folder.secretKeys()).getLast();
		assertThat(line).startsWith("1=");
		assertThat(Base64.getDecoder().decode(line.substring(2))).hasSize(32);
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void showsSecretsToTheirOwnerOnly() throws IOException {
		StateFolder folder = new StateFolder(this.root.resolve(".punctual"));
		Secrets.readOrMake(folder).provider();
		for (Path file : List.of(folder.secrets(), folder.secretKeys())) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		}
	}

}
