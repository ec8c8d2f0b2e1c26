package io.punctual.shared.secret;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link AesGcmSecretBox} with a {@link KeyFile}.
 */
class SecretBoxTests {

	private static final byte[] SECRET = "whsec".getBytes(StandardCharsets.UTF_8);

	@TempDir
	Path folder;

	@Test
	void aSecretOpensForWhatItBelongsToAndForNothingElse() throws Exception {
		SecretBox box = box("1=" + key(1));
		String sealed = box.seal(SECRET, "end_1/sec_1");
		assertThat(box.open(sealed, "end_1/sec_1")).isEqualTo(SECRET);
		assertThat(box.seal(SECRET, "end_1/sec_1")).isNotEqualTo(sealed);
		assertThatExceptionOfType(SecretBoxException.class).isThrownBy(() -> box.open(sealed, "end_2/sec_1"));
	}

	@Test
	void aSecretOfAnEarlierEpochStillOpensAndTheNewestEpochSeals() throws Exception {
		String old = box("1=" + key(1)).seal(SECRET, "a");
		SecretBox rotated = box("1=" + key(1) + "\n2=" + key(2));
		assertThat(rotated.open(old, "a")).isEqualTo(SECRET);
		assertThat(rotated.seal(SECRET, "a")).startsWith("v1.2.");
		SecretBox forgetful = box("2=" + key(2));
		assertThatExceptionOfType(SecretBoxException.class).isThrownBy(() -> forgetful.open(old, "a"));
	}

	@Test
	void aChangedTextDoesNotOpen() throws Exception {
		SecretBox box = box("1=" + key(1));
		String sealed = box.seal(SECRET, "a");
		for (String wrong : new String[] { "", "v1.1", "v1.x.AAAA", "v2" + sealed.substring(2), sealed + "A",
				sealed.substring(0, sealed.length() - 4), "v1.1.AAAA" }) {
			assertThatExceptionOfType(SecretBoxException.class).as(wrong).isThrownBy(() -> box.open(wrong, "a"));
		}
	}

	@Test
	void aKeyFileThatIsMissingOrWrongIsNamedButItsTextIsNot() throws Exception {
		assertThatExceptionOfType(SecretBoxException.class)
			.isThrownBy(() -> new AesGcmSecretBox(new KeyFile(this.folder.resolve("none"))).seal(SECRET, "a"))
			.withMessageContaining("punctual.secrets.key-file");
		assertThatExceptionOfType(SecretBoxException.class).isThrownBy(() -> box("1=c2hvcnQ=").seal(SECRET, "a"))
			.withMessageNotContaining("c2hvcnQ");
	}

	private SecretBox box(String lines) throws Exception {
		return new AesGcmSecretBox(new KeyFile(Files.writeString(this.folder.resolve("secrets.key"), lines)));
	}

	private static String key(int fill) {
		byte[] key = new byte[32];
		key[0] = (byte) fill;
		return Base64.getEncoder().encodeToString(key);
	}

}
