package io.punctual.release.tool.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.punctual.release.tool.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code release/authorities} says of the authorities that the database's
 * certificate may come from.
 */
@DisabledOnOs(OS.WINDOWS)
class AuthoritiesTests {

	private static final Path OURS = Repository.ROOT.resolve("services/aws/src/main/resources/rds-authorities.pem");

	private static final String END = "-----END CERTIFICATE-----";

	@TempDir
	private Path folder;

	@Test
	void agreeWithTheFingerprintsThatAreWrittenBesideThem() throws Exception {
		Answer answer = compare(OURS);
		assertThat(answer.status()).as(answer.text()).isZero();
		for (String written : Files.readString(OURS).lines().filter((line) -> line.contains("SHA-256 ")).toList()) {
			assertThat(answer.text().replace(":", "").toLowerCase(java.util.Locale.ROOT))
				.contains("published " + written.substring(written.indexOf("SHA-256 ") + 8));
		}
		assertThat(answer.text().lines()).hasSize(3);
	}

	@Test
	void areRefusedIfAmazonPublishesOneLess() throws Exception {
		String all = Files.readString(OURS);
		int first = all.indexOf(END) + END.length();
		Answer answer = compare(Files.writeString(this.folder.resolve("one.pem"), all.substring(0, first) + "\n"));
		assertThat(answer.status()).isEqualTo(1);
		assertThat(answer.text().lines().filter((line) -> line.startsWith("NOT published"))).hasSize(2);
	}

	private record Answer(int status, String text) {
	}

	private static Answer compare(Path published) throws IOException, InterruptedException {
		Process process = new ProcessBuilder("bash", "release/authorities", published.toAbsolutePath().toString())
			.directory(Repository.ROOT.toFile())
			.redirectErrorStream(true)
			.start();
		String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Answer(process.waitFor(), text);
	}

}
