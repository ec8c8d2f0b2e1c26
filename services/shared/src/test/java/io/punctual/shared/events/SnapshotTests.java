package io.punctual.shared.events;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A snapshot is of its position exactly, and a reader knows whether it has all of it.
 */
class SnapshotTests {

	private LogDatabase database;

	@BeforeEach
	void create() {
		this.database = LogDatabase.create(20);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void stateAndPositionAreOfTheSameInstantWhileOthersWrite() throws Exception {
		SnapshotWriter writer = writer((out) -> {
			Long rows = this.database.jdbc.queryForObject("SELECT COUNT(*) FROM effect", Long.class);
			out.accept(new NewEvent("thing.changed", "count", this.database.clock.now(), (rows != null) ? rows : -1));
		});
		AtomicBoolean done = new AtomicBoolean();
		List<ReceivedSnapshot> snapshots = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> writers = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				writers.add(threads.submit(() -> {
					while (!done.get()) {
						this.database.transactions.write(() -> {
							this.database.jdbc
								.update("INSERT INTO effect (position, subject, value) VALUES (0, '', '')");
							this.database.events.append(this.database.event("thing", 1));
						});
					}
				}));
			}
			for (int i = 0; i < 40; i++) {
				snapshots.add(read(text(writer)));
			}
			done.set(true);
			for (Future<?> future : writers) {
				future.get(60, TimeUnit.SECONDS);
			}
		}
		assertThat(snapshots).allSatisfy((snapshot) -> assertThat(snapshot.events().getFirst().event().data().asLong())
			.isEqualTo(snapshot.position()));
		assertThat(snapshots.getLast().position()).isGreaterThan(snapshots.getFirst().position());
	}

	@Test
	void snapshotThatIsCutOffIsRefused() throws Exception {
		SnapshotWriter writer = writer((out) -> {
			out.accept(this.database.event("a", 1));
			out.accept(this.database.event("b", 2));
		});
		String text = text(writer);
		assertThat(read(text).events()).hasSize(2);
		String[] lines = text.split("\n");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(lines[0] + "\n" + lines[1] + "\n"))
			.withMessageContaining("cut off");
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> read(lines[0] + "\n" + lines[1] + "\n" + lines[3] + "\n"))
			.withMessageContaining("does not count");
	}

	private SnapshotWriter writer(SnapshotSource source) {
		return new SnapshotWriter(this.database.dataSource, this.database.log, this.database.transactionManager,
				List.of(source), "source");
	}

	private static String text(SnapshotWriter writer) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		writer.writeTo(out);
		return out.toString(StandardCharsets.UTF_8);
	}

	private static ReceivedSnapshot read(String text) throws IOException {
		return ReceivedSnapshot.read(new BufferedReader(new StringReader(text)));
	}

}
