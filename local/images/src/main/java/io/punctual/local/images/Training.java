package io.punctual.local.images;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Trains an image's cache of classes: loads the image of the build's first pass, starts a
 * container of it without a network up to the point where it would listen, and takes the
 * cache from it. The build runs it from its source file, so it uses nothing but the JDK.
 */
final class Training {

	private static final int MINUTES = 15;

	private static final String OFF = "-Dpunctual.image.aot=false builds images without the cache; they start slower.";

	/**
	 * How many caches are kept for builds that come to the same image again: a few
	 * releases of all.
	 */
	private static final int KEPT = 24;

	private final String name;

	private final Path target;

	private final Path store;

	private Training(String name, Path target, Path store) {
		this.name = name;
		this.target = target;
		this.store = store;
	}

	/**
	 * Trains one image.
	 * @param args the module's name, the folder it is built in, and the folder where
	 * caches are kept from build to build
	 */
	public static void main(String... args) throws IOException, InterruptedException {
		try {
			new Training(args[0], Path.of(args[1]), Path.of(args[2])).run();
		}
		catch (IllegalStateException ex) {
			System.err.println(args[0] + ": " + ex.getMessage());
			System.exit(1);
		}
	}

	private void run() throws IOException, InterruptedException {
		Path cache = this.target.resolve("image/aot/classes.aot");
		Path trainedOn = this.target.resolve("image/trained-on");
		String image = Files.readString(this.target.resolve("jib-image.id"));
		if (Files.exists(cache) && Files.exists(trainedOn) && Files.readString(trainedOn).equals(image)) {
			System.out.println(this.name + ": nothing has changed, the class cache is kept");
			return;
		}
		Files.createDirectories(cache.getParent());
		Files.deleteIfExists(trainedOn);
		Files.deleteIfExists(cache);
		// An image's id is the digest of all that is in it: the JVM, its flags and the
		// jars.
		Path kept = this.store.resolve(image.strip().replace(':', '-') + ".aot");
		if (Files.exists(kept)) {
			Files.copy(kept, cache);
			Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
			Files.writeString(trainedOn, image);
			System.out.println(this.name + ": an earlier build came to the same image, its class cache is taken");
			return;
		}
		requireDocker();
		Instant start = Instant.now();
		docker("load", "--quiet", "--input", this.target.resolve("jib-image.tar").toString());
		String container = "punctual-training-" + this.name + "-" + ProcessHandle.current().pid();
		String trained = "punctual/" + this.name + ":training";
		try {
			docker("run", "--name", container, "--network", "none", "--entrypoint", "java", trained,
					"@/app/jvm.options", "-XX:AOTCacheOutput=/tmp/classes.aot", "@/app/training.options", "-cp",
					"@/app/jib-classpath-file", "@/app/jib-main-class-file");
			docker("cp", "--quiet", container + ":/tmp/classes.aot", cache.toString());
		}
		finally {
			quietly("rm", "--force", "--volumes", container);
			quietly("rmi", trained);
		}
		Files.writeString(trainedOn, image);
		keep(cache, kept);
		System.out.println(this.name + ": class cache of " + Files.size(cache) / 1_000_000 + " MB, trained in "
				+ Duration.between(start, Instant.now()).toSeconds() + " s");
	}

	/**
	 * Several may do so at once: each file comes by a rename, and going twice is no
	 * fault.
	 */
	private void keep(Path cache, Path kept) throws IOException {
		Files.createDirectories(this.store);
		Path written = Files.createTempFile(this.store, this.name, ".new");
		Files.copy(cache, written, StandardCopyOption.REPLACE_EXISTING);
		Files.move(written, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		File[] all = this.store.toFile().listFiles();
		if (all != null) {
			Stream.of(all)
				.sorted(Comparator.comparingLong(File::lastModified).reversed())
				.skip(KEPT)
				.forEach(File::delete);
		}
	}

	private void requireDocker() throws IOException, InterruptedException {
		int status;
		try {
			status = start(List.of("docker", "version", "--format", "{{.Server.Version}}"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(
					"There is no docker command here, and the class cache is trained in a container. " + OFF, ex);
		}
		if (status != 0) {
			throw new IllegalStateException("No Docker engine answers (" + log().strip() + "), and the class cache is "
					+ "trained in a container. " + OFF);
		}
	}

	private void docker(String... arguments) throws IOException, InterruptedException {
		List<String> command = command(arguments);
		if (start(command) != 0) {
			throw new IllegalStateException(String.join(" ", command) + " failed:\n" + log() + "\n" + OFF);
		}
	}

	private static List<String> command(String... arguments) {
		return Stream.concat(Stream.of("docker"), Stream.of(arguments)).toList();
	}

	private void quietly(String... arguments) throws IOException, InterruptedException {
		new ProcessBuilder(command(arguments)).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

	private int start(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(logFile().toFile())
			.start();
		if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
			process.destroyForcibly();
			throw new IllegalStateException(
					String.join(" ", command) + " took more than " + MINUTES + " minutes:\n" + log());
		}
		return process.exitValue();
	}

	private String log() throws IOException {
		return Files.readString(logFile());
	}

	private Path logFile() {
		return this.target.resolve("image/training.log");
	}

}
