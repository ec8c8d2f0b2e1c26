package io.punctual.local.launcher;

import java.io.IOException;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.punctual.local.database.DatabaseOptions;
import io.punctual.local.database.EmbeddedDatabase;
import io.punctual.local.database.SchemaAccount;
import org.jspecify.annotations.Nullable;

/**
 * The whole system on this host: the database in this process's care, and a process for
 * each part.
 */
public final class LocalSystem implements AutoCloseable {

	private static final Duration READY = Duration.ofSeconds(300);

	private static final Duration END = Duration.ofSeconds(10);

	private final Path root;

	private final StateFolder folder;

	private final Parts parts;

	private final Tuning tuning;

	private final Consumer<String> say;

	private final List<ChildProcess> children = new ArrayList<>();

	private final Training training = new Training();

	private @Nullable EmbeddedDatabase database;

	private @Nullable MailCatcher mails;

	private boolean closed;

	LocalSystem(Path root, StateFolder folder, Secrets secrets, Tuning tuning, Consumer<String> say) {
		this.tuning = tuning;
		this.root = root;
		this.folder = folder;
		this.parts = new Parts(root, folder, secrets);
		this.say = say;
	}

	void start() throws IOException, InterruptedException {
		EmbeddedDatabase running = startDatabase();
		List<Part> all = this.parts.all(running);
		for (Part part : all) {
			requireFree(part.name(), part.port());
		}
		requireFree("edge", Parts.EDGE_ADMIN_PORT);
		requireFree("mail", MailCatcher.SMTP_PORT);
		requireFree("mail", MailCatcher.PORT);
		this.mails = new MailCatcher(MailCatcher.SMTP_PORT, MailCatcher.PORT);
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		Path launcherJar = this.root.resolve("local/launcher/target/launcher-1.0.0-SNAPSHOT.jar");
		for (Part part : all) {
			Unpacked unpacked = Unpacked.of(part, this.folder.built());
			Path log = this.folder.logs().resolve(part.name() + ".log");
			Files.deleteIfExists(log);
			List<String> command = ChildProcess.command(part, unpacked, java, launcherJar, this.tuning);
			this.training.add(part, unpacked, command);
			ChildProcess child = new ChildProcess(part, command, log, this.say);
			synchronized (this) {
				if (this.closed) {
					return;
				}
				this.children.add(child);
				child.start();
			}
		}
		awaitReady();
	}

	private EmbeddedDatabase startDatabase() {
		this.say.accept("database …");
		DatabaseOptions options = DatabaseOptions.persistent(this.folder.database())
			.port(Parts.DATABASE_PORT)
			.bufferPool(this.tuning.databaseMegabytes());
		for (SchemaAccount account : this.parts.accounts()) {
			options = options.schema(account);
		}
		EmbeddedDatabase running = EmbeddedDatabase.start(options);
		running.onUnexpectedExit(() -> this.say
			.accept("the database ended unasked; see " + this.folder.database().resolve("database.log")
					+ ". Stop this (Ctrl-C) and run it again: the data is kept"));
		this.database = running;
		this.say.accept("database on port " + running.port());
		return running;
	}

	private static void requireFree(String name, int port) throws IOException {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress("127.0.0.1", port));
		}
		catch (BindException ex) {
			throw new LauncherException("Port " + port + ", which " + name + " needs, is in use by another program.\n"
					+ "Find it with 'lsof -i :" + port + "' (Windows: 'netstat -ano | findstr :" + port
					+ "'), stop it, and run this again.");
		}
	}

	private void awaitReady() throws InterruptedException {
		long start = System.nanoTime();
		List<ChildProcess> waiting = new ArrayList<>(this.children);
		while (!waiting.isEmpty()) {
			for (ChildProcess child : List.copyOf(waiting)) {
				if (isReady(child.part().health())) {
					waiting.remove(child);
					this.say.accept(child.name() + " on port " + child.part().port());
				}
			}
			if (System.nanoTime() - start > READY.toNanos()) {
				throw new LauncherException("Not ready after " + READY.toSeconds() + " s: "
						+ String.join(", ", waiting.stream().map(ChildProcess::name).toList()) + ". See "
						+ this.folder.logs());
			}
			Thread.sleep(150);
		}
	}

	static boolean isReady(URI health) {
		try {
			HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
			connection.setConnectTimeout(500);
			connection.setReadTimeout(2000);
			try {
				return connection.getResponseCode() == 200;
			}
			finally {
				connection.disconnect();
			}
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Returns the time that each part has computed so far.
	 */
	Map<String, Duration> cpu() {
		Map<String, Duration> cpu = new TreeMap<>();
		Map<Long, String> names = this.children.stream()
			.collect(Collectors.toMap(ChildProcess::pid, ChildProcess::name));
		ProcessHandle.current()
			.descendants()
			.forEach((process) -> cpu.merge(names.getOrDefault(process.pid(), "database"),
					process.info().totalCpuDuration().orElse(Duration.ZERO), Duration::plus));
		return cpu;
	}

	/**
	 * Uses the quiet to make the next start quicker.
	 */
	void train() {
		this.training.start();
	}

	/**
	 * Kills the part's process as a crash would; it is started again.
	 */
	public void kill(String name) {
		this.children.stream().filter((child) -> child.name().equals(name)).forEach(ChildProcess::kill);
	}

	/**
	 * Stops everything, the database last. May be called more than once.
	 */
	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.training.close();
		this.children.forEach(ChildProcess::stop);
		try {
			for (ChildProcess child : this.children) {
				child.awaitEnd(END);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (this.mails != null) {
			this.mails.close();
		}
		if (this.database != null) {
			this.database.stop();
		}
	}

}
