package io.punctual.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ComposeSecretsTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path root;

	@Test
	void keepsWhatWasMade() throws IOException {
		ComposeSecrets.readOrMake(this.root);
		Map<String, String> first = files();
		ComposeSecrets.readOrMake(this.root);
		assertThat(files()).isEqualTo(first).hasSizeGreaterThan(20);
	}

	@Test
	void tellsBothSidesTheSame() throws IOException {
		String provider = ComposeSecrets.readOrMake(this.root).provider();
		Map<String, String> files = files();
		for (String service : Parts.SERVICES) {
			assertThat(files.get(service + "/spring.datasource.password")).isEqualTo(files.get("mysql/" + service));
			assertThat(files.get(service + "/punctual.identity.client-secret"))
				.isEqualTo(files.get("identity/punctual.identity.bootstrap." + service + ".client-secret"));
			assertThat(files.get(service + "/secrets.key")).isEqualTo(files.get("secrets.key"));
		}
		assertThat(files.get("clients/punctual.credentials.admin-token"))
			.isEqualTo(files.get("identity/punctual.identity.admin.token"))
			.isEqualTo(files.get("edge/punctual.edge.api-keys-token"));
		assertThat(files.get("identity/punctual.identity.bootstrap.provider.client-secret")).isEqualTo(provider);
	}

	@Test
	void givesNoContainerTheDatabasesOwnPassword() throws IOException {
		ComposeSecrets.readOrMake(this.root);
		Map<String, String> files = files();
		String own = files.get("mysql/root");
		assertThat(files.entrySet().stream().filter((file) -> file.getValue().equals(own)).map(Map.Entry::getKey))
			.containsExactly("mysql/root");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void letsContainersReadThemAndNobodyElseOnThisHost() throws IOException {
		Path folder = ComposeSecrets.readOrMake(this.root).folder();
		assertThat(permissions(folder)).isEqualTo("rwx------");
		assertThat(permissions(folder.resolve("sla"))).isEqualTo("rwxr-xr-x");
		assertThat(permissions(folder.resolve("sla/spring.datasource.password"))).isEqualTo("rw-r--r--");
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	private Map<String, String> files() throws IOException {
		Path folder = this.root.resolve(".punctual/compose");
		Map<String, String> contents = new TreeMap<>();
		try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
			for (Path file : files.toList()) {
				contents.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
			}
		}
		return contents;
	}

}
