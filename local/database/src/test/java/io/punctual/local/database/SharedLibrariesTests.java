package io.punctual.local.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at the real server, and at one that was linked with what no system has.
 */
@EnabledOnOs(OS.LINUX)
class SharedLibrariesTests {

	private final Path server = Path.of(Distribution.provide().server());

	@TempDir
	Path folder;

	@Test
	void findsAllWhereTheServerRuns() {
		assertThat(SharedLibraries.missing(this.server)).isEmpty();
	}

	@Test
	void namesWhatIsNotThere() throws IOException {
		String program = new String(Files.readAllBytes(this.server), StandardCharsets.ISO_8859_1);
		Path other = this.folder.resolve("mariadbd");
		Files.write(other, program.replace("libcrypt.so.1", "libabsent.so1").getBytes(StandardCharsets.ISO_8859_1));
		assertThat(other.toFile().setExecutable(true)).isTrue();
		assertThat(SharedLibraries.missing(other)).containsExactly("libabsent.so1");
		assertThat(DatabaseException.missesLibraries(SharedLibraries.missing(other)))
			.hasMessage("The database's server needs libabsent.so1, which this system lacks. Where it is libcrypt.so.1:"
					+ " 'dnf install libxcrypt-compat' on Fedora and Amazon Linux, 'pacman -S libxcrypt-compat' on"
					+ " Arch. Or run Punctual in containers.");
	}

}
