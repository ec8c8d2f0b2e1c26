package io.punctual.local.launcher;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ChildProcessTests {

	private static final List<String> CHILD = List.of(
			Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
			"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), ChildMain.class.getName(),
			Sleeper.class.getName());

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@Test
	void startsAgainWhatDiesAndSaysSo() throws Exception {
		List<String> said = new CopyOnWriteArrayList<>();
		Path log = this.folder.resolve("log");
		Part part = new Part("sleeper", this.folder, 1, 16, List.of(), Map.of(), URI.create("http://localhost:1/"));
		ChildProcess child = new ChildProcess(part, CHILD, log, said::add);
		child.start();
		await(() -> lines(log) == 1);
		child.kill();
		await(() -> lines(log) == 2);
		assertThat(said).hasSize(1);
		assertThat(said.getFirst()).contains("sleeper ended unasked");
		child.stop();
		child.awaitEnd(Duration.ofSeconds(60));
		assertThat(child.isAlive()).isFalse();
		Thread.sleep(1500);
		assertThat(lines(log)).isEqualTo(2);
	}

	@Test
	void endsWhenItsParentIsKilled() throws Exception {
		Process parent = new ProcessBuilder(CHILD.get(0), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
				System.getProperty("java.class.path"), Parent.class.getName(), this.folder.resolve("log").toString())
			.redirectErrorStream(true)
			.redirectOutput(new File(this.folder.toFile(), "parent.log"))
			.start();
		await(() -> lines(this.folder.resolve("log")) == 1);
		ProcessHandle child = parent.children().findFirst().orElseThrow();
		parent.destroyForcibly();
		child.onExit().get(60, TimeUnit.SECONDS);
		assertThat(child.isAlive()).isFalse();
	}

	private static long lines(Path log) throws Exception {
		return Files.exists(log) ? Files.readAllLines(log).size() : 0;
	}

	private static void await(Condition condition) throws Exception {
		long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		while (!condition.holds()) {
			assertThat(System.nanoTime()).isLessThan(end);
			Thread.sleep(50);
		}
	}

	/**
	 * Something to wait for.
	 */
	interface Condition {

		boolean holds() throws Exception;

	}

	/**
	 * A part that says that it runs, and then only runs.
	 */
	public static final class Sleeper {

		private Sleeper() {
		}

		public static void main(String[] args) throws InterruptedException {
			System.out.println("started");
			Thread.sleep(Duration.ofMinutes(2));
		}

	}

	/**
	 * A launcher with one part.
	 */
	public static final class Parent {

		private Parent() {
		}

		public static void main(String[] args) throws Exception {
			Part part = new Part("sleeper", Path.of("."), 1, 16, List.of(), Map.of(),
					URI.create("http://localhost:1/"));
			new ChildProcess(part, CHILD, Path.of(args[0]), System.out::println).start();
			Thread.sleep(Duration.ofMinutes(2));
		}

	}

}
