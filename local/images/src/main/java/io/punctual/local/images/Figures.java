package io.punctual.local.images;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Prints the images' figures: how large they are compressed, how long the system and a
 * service take to be ready, with the class cache and without, how much memory each part
 * holds, and what other flags of the JVM would make of it. With the argument
 * {@code flags} it prints the last of them only. It runs from its source file, at the
 * repository's root, on a machine that does nothing else:
 * {@code java local/images/src/main/java/io/punctual/local/images/Figures.java}.
 */
final class Figures {

	private static final List<String> NAMES = List.of("clients", "notices", "delivery", "sla", "identity", "edge",
			"mail");

	private static final int REQUESTS = 2000;

	private static final String[] COMPOSE = { "compose", "--project-name", "punctual-figures" };

	private Figures() {
	}

	public static void main(String... args) throws IOException, InterruptedException {
		System.out.println(docker("version", "--format",
				"engine {{.Server.Version}}, {{.Server.Arch}}, kernel {{.Server.KernelVersion}}")
			.strip() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
		boolean all = args.length == 0;
		if (all) {
			sizes();
		}
		try {
			compose("down", "--volumes");
			if (all) {
				system();
			}
			else {
				compose("up", "--detach", "--wait", "mysql", "identity");
			}
			compose("stop", "clients", "notices", "delivery", "sla", "edge", "mail");
			if (all) {
				starts();
			}
			flags();
		}
		finally {
			compose("down", "--volumes");
		}
	}

	private static void sizes() throws IOException, InterruptedException {
		System.out.println("\nCompressed, MB              image   without class cache   of which base");
		for (String name : NAMES) {
			String container = docker("create", "punctual/" + name + ":local").strip();
			try {
				double all = compressed("docker", "export", container);
				double cache = compressed("docker", "cp", container + ":/app/classes.aot", "-");
				double application = compressed("docker", "cp", container + ":/app", "-");
				System.out.println(String.format(Locale.ROOT, "  %-20s %10.1f %18.1f %18.1f", name, all, all - cache,
						all - application));
			}
			finally {
				docker("rm", container);
			}
		}
	}

	/**
	 * What a registry would hold of it: the files as a tar, deflated as gzip does.
	 */
	private static double compressed(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		Deflater deflater = new Deflater(6, true);
		try (InputStream in = new BufferedInputStream(process.getInputStream());
				OutputStream out = new DeflaterOutputStream(OutputStream.nullOutputStream(), deflater, 1 << 16)) {
			in.transferTo(out);
			((DeflaterOutputStream) out).finish();
			if (process.waitFor() != 0) {
				throw new IllegalStateException(String.join(" ", command) + " failed");
			}
			return deflater.getBytesWritten() / 1e6;
		}
		finally {
			deflater.end();
		}
	}

	private static void system() throws IOException, InterruptedException {
		System.out.println("\nThe whole system, from `docker compose up` to all healthy");
		System.out.println("  on an empty database    " + seconds(() -> compose("up", "--detach", "--wait")));
		compose("down");
		System.out.println("  on its data             " + seconds(() -> compose("up", "--detach", "--wait")));
		System.out.println("\nMemory of each part, then");
		List<String> parts = new ArrayList<>(NAMES);
		parts.addFirst("mysql");
		for (String name : parts) {
			String id = compose("ps", "--quiet", name).strip();
			System.out.println(String.format(Locale.ROOT, "  %-22s%s   resident: %s", name,
					docker("stats", "--no-stream", "--format", "{{.MemUsage}}", id).strip(), resident(id)));
		}
	}

	private static String resident(String id) throws IOException, InterruptedException {
		String status = docker("exec", id, "bash", "-c",
				"for p in /proc/[0-9]*; do read -r c < $p/comm; case $c in java|mysqld) "
						+ "while read -r k v u; do [[ $k == VmRSS: ]] && echo $v; done < $p/status;; esac; done; true");
		return Long.parseLong(status.lines().findFirst().orElse("0").strip()) / 1024 + " MiB";
	}

	/**
	 * One service alone, restarted, with both processors: the database is there.
	 */
	private static void starts() throws IOException, InterruptedException {
		System.out.println("\nA service from its start until it is ready   2 CPUs   0.5 CPU");
		starts("with the class cache", "-XX:AOTMode=auto");
		starts("and one compiler, as in Compose", "-XX:AOTMode=auto -XX:TieredStopAtLevel=1");
		starts("without the class cache", "-XX:AOTMode=off");
	}

	private static void starts(String how, String flags) throws IOException, InterruptedException {
		System.out.println(
				String.format(Locale.ROOT, "  sla %-36s %8.1f s %7.1f s", how, start(flags, "2"), start(flags, "0.5")));
	}

	/**
	 * One service with half a processor and 1 GB, without the class cache, which fits the
	 * image's own flags only.
	 */
	private static void flags() throws IOException, InterruptedException {
		System.out.println("\nsla at 0.5 CPU and 1 GB, class cache off   ready   CPU until then   " + REQUESTS
				+ " requests   CPU of each   resident then");
		flags("as in the image", "", "");
		flags("the parallel collector", "-XX:+UseSerialGC", "-XX:+UseParallelGC");
		flags("G1", "-XX:+UseSerialGC", "-XX:+UseG1GC");
		flags("object headers not compact", "-XX:+UseCompactObjectHeaders", "-XX:-UseCompactObjectHeaders");
		flags("one compiler", "-XX:+UseSerialGC", "-XX:+UseSerialGC\n-XX:TieredStopAtLevel=1");
	}

	private static void flags(String how, String instead, String flag) throws IOException, InterruptedException {
		Path options = Files.createTempFile("jvm", ".options");
		Files.setPosixFilePermissions(options, PosixFilePermissions.fromString("rw-r--r--"));
		Files.writeString(options, Files.readString(Path.of("local/images/src/main/image/jvm.options"))
			.replace(instead.isEmpty() ? "\0" : instead, flag));
		String id = service("-XX:AOTMode=off", "0.5", "--volume", options + ":/app/jvm.options:ro");
		try {
			double ready = untilReady(id);
			double started = cpu(id);
			Instant start = Instant.now();
			requests(id);
			double took = Duration.between(start, Instant.now()).toMillis() / 1000.0;
			System.out.println(String.format(Locale.ROOT, "  %-38s %7.1f s %12.1f s %14.1f s %13.1f ms %14s", how,
					ready, started, took, (cpu(id) - started) * 1000 / REQUESTS, resident(id)));
		}
		finally {
			docker("rm", "--force", id);
			Files.delete(options);
		}
	}

	/** Each asks the database whether it is there. */
	private static void requests(String id) throws IOException, InterruptedException {
		String address = docker("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", id)
			.strip();
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://" + address + ":8080/actuator/health/readiness"))
			.build();
		try (HttpClient http = HttpClient.newHttpClient()) {
			for (int i = 0; i < REQUESTS; i++) {
				http.send(request, HttpResponse.BodyHandlers.discarding());
			}
		}
	}

	/** What the container has computed so far, in seconds. */
	private static double cpu(String id) throws IOException, InterruptedException {
		String[] fields = docker("exec", id, "bash", "-c",
				"for p in /proc/[0-9]*; do read -r c < $p/comm; [[ $c == java ]] && cat $p/stat; done; true")
			.lines()
			.findFirst()
			.orElseThrow()
			.split(" ");
		return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
	}

	private static double start(String flags, String processors) throws IOException, InterruptedException {
		String id = service(flags, processors);
		try {
			return untilReady(id);
		}
		finally {
			docker("rm", "--force", id);
		}
	}

	private static String service(String flags, String processors, String... more)
			throws IOException, InterruptedException {
		String network = "punctual-figures_database-sla";
		List<String> command = new ArrayList<>(List.of("run", "--detach", "--network", network, "--cpus", processors,
				"--memory", "1g", "--volume", Path.of(".punctual/compose/sla").toAbsolutePath() + ":/run/secrets:ro",
				"--env", "SPRING_CONFIG_IMPORT=configtree:/run/secrets/", "--env", "SPRING_DATASOURCE_USERNAME=sla",
				"--env",
				"SPRING_DATASOURCE_URL=jdbc:mysql://mysql:3306/sla?connectionTimeZone=UTC"
						+ "&forceConnectionTimeZoneToSession=true&useInformationSchema=false&sslMode=REQUIRED",
				"--env", "JAVA_TOOL_OPTIONS=" + flags));
		command.addAll(List.of(more));
		command.add("punctual/sla:local");
		return docker(command.toArray(String[]::new)).strip();
	}

	private static double untilReady(String id) throws IOException, InterruptedException {
		Instant start = Instant.now();
		while (run("docker", "exec", id, "bash", "/app/ready.sh", "8080", "/actuator/health/readiness").status() != 0) {
			if (Duration.between(start, Instant.now()).toSeconds() > 300) {
				throw new IllegalStateException("Not ready:\n" + docker("logs", "--tail", "20", id));
			}
			Thread.sleep(50);
		}
		return Duration.between(start, Instant.now()).toMillis() / 1000.0;
	}

	private static String seconds(Step step) throws IOException, InterruptedException {
		Instant start = Instant.now();
		step.run();
		return String.format(Locale.ROOT, "%.1f s", Duration.between(start, Instant.now()).toMillis() / 1000.0);
	}

	private static String compose(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(Arrays.asList(COMPOSE));
		command.addAll(Arrays.asList(arguments));
		return docker(command.toArray(String[]::new));
	}

	private static String docker(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("docker"));
		command.addAll(Arrays.asList(arguments));
		Result result = run(command.toArray(String[]::new));
		if (result.status() != 0) {
			throw new IllegalStateException(String.join(" ", command) + " failed:\n" + result.output());
		}
		return result.output();
	}

	private static Result run(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Result(process.waitFor(), output);
	}

	/**
	 * How a command ended.
	 *
	 * @param status its exit status
	 * @param output what it said
	 */
	private record Result(int status, String output) {
	}

	/**
	 * Something whose time is taken.
	 */
	private interface Step {

		void run() throws IOException, InterruptedException;

	}

}
