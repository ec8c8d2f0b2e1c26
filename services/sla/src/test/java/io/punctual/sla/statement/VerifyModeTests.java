package io.punctual.sla.statement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tool ends with when it cannot even begin; what it finds, the statements' story
 * tells.
 */
class VerifyModeTests {

	private static final String KEYS = "{\"items\":[{\"keyId\":\"key_1\",\"publicKey\":\"AAAA\"}]}";

	@TempDir
	private Path folder;

	@Test
	void needsKeysAndAStatement() throws IOException {
		assertThat(VerifyMode.run("verify-statement")).isEqualTo(2);
		assertThat(VerifyMode.run("verify-statement", "--keys=" + file("keys.json", KEYS))).isEqualTo(2);
		assertThat(VerifyMode.run("verify-statement", file("one.json", "{}"))).isEqualTo(2);
	}

	@Test
	void saysThatAFileIsAwayOrNoJson() throws IOException {
		String keys = "--keys=" + file("keys.json", KEYS);
		assertThat(VerifyMode.run("verify-statement", keys, "nowhere.json")).isEqualTo(2);
		assertThat(VerifyMode.run("verify-statement", keys, file("two.json", "<html>"))).isEqualTo(2);
	}

	@Test
	void halfOfAnAnswerIsNoStatement() throws IOException {
		String half = file("half.json", "{\"statementId\":\"stm_1\",\"document\":{}}");
		assertThat(VerifyMode.run("verify-statement", "--keys=" + file("keys.json", KEYS), half)).isEqualTo(2);
	}

	@Test
	void anotherFormatIsNoStatement() throws IOException {
		String statement = file("three.json",
				"""
						{"statementId":"stm_1","hash":"x","keyId":"key_1","signature":"AAAA","document":{"format":"another-1"}}""");
		assertThat(VerifyMode.run("verify-statement", "--keys=" + file("keys.json", KEYS), statement)).isEqualTo(1);
	}

	private String file(String name, String text) throws IOException {
		return Files.writeString(this.folder.resolve(name), text).toString();
	}

}
