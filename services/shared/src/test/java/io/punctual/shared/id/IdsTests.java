package io.punctual.shared.id;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class IdsTests {

	private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

	@Test
	void makesThirtyCharactersThatAreValid() {
		String id = Ids.next("cli");
		assertThat(id).hasSize(30).startsWith("cli_");
		assertThat(Ids.isValid("cli", id)).isTrue();
		assertThat(Ids.isValid("not", id)).isFalse();
	}

	@Test
	void beginsWithTheTime() {
		long before = Instant.now().toEpochMilli();
		String ulid = Ids.next("cli").substring(4);
		long millis = 0;
		for (char c : ulid.substring(0, 10).toCharArray()) {
			millis = millis * 32 + ALPHABET.indexOf(c);
		}
		assertThat(millis).isBetween(before, Instant.now().toEpochMilli() + 1);
	}

	@Test
	void theLeastOfAnInstantDividesBeforeFromAfter() {
		String before = Ids.next("cli");
		Instant later = Instant.now().plusMillis(10);
		String least = Ids.least("cli", later);
		assertThat(Ids.isValid("cli", least)).isTrue();
		assertThat(least).isGreaterThan(before)
			.isLessThan(Ids.least("cli", later.plusMillis(1)))
			.isEqualTo(Ids.least("cli", later));
	}

	@Test
	void ascendsWithinAMillisecond() {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 100_000; i++) {
			ids.add(Ids.next("upd"));
		}
		assertThat(ids).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void makesNoneTwiceFromManyThreads() throws InterruptedException {
		Set<String> ids = new ConcurrentSkipListSet<>();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 16; i++) {
			threads.add(Thread.ofVirtual().start(() -> {
				for (int n = 0; n < 2000; n++) {
					ids.add(Ids.next("obl"));
				}
			}));
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(ids).hasSize(32_000);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "cli_", "cli_01JDB3Z5V6Q8W0X2Y4Z6A8C0E", "cli_01JDB3Z5V6Q8W0X2Y4Z6A8C0E22",
			"cli_81JDB3Z5V6Q8W0X2Y4Z6A8C0E2", "cli_01JDB3Z5V6Q8W0X2Y4Z6A8C0I2", "cli_01jdb3z5v6q8w0x2y4z6a8c0e2",
			"cli-01JDB3Z5V6Q8W0X2Y4Z6A8C0E2", "cli_01JDB3Z5V6Q8W0X2Y4Z6A8C0E\n" })
	void knowsWhatIsNoId(String id) {
		assertThat(Ids.isValid("cli", id)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "cl", "clie", "CLI", "c_i" })
	void refusesAPrefixThatIsNone(String prefix) {
		assertThatIllegalArgumentException().isThrownBy(() -> Ids.next(prefix));
	}

}
