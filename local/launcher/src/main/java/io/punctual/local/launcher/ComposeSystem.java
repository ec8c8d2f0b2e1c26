package io.punctual.local.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.punctual.local.launcher.demo.ReceiverHost;

/**
 * The whole system in containers, by {@code docker compose}.
 */
public final class ComposeSystem {

	private static final List<String> PARTS = List.of("clients", "notices", "delivery", "sla", "identity", "edge",
			"mail");

	private final Path root;

	private final String project;

	private final Map<String, String> environment;

	/**
	 * Names a system; nothing is started.
	 * @param root the repository's root
	 * @param project its name, different for each system that runs beside another
	 * @param environment variables of {@code docker-compose.yml}
	 */
	public ComposeSystem(Path root, String project, Map<String, String> environment) {
		this.root = root;
		this.project = project;
		this.environment = Map.copyOf(environment);
	}

	/**
	 * Checks that Docker and the images are there.
	 * @throws LauncherException saying what to do
	 */
	public void requireImages() {
		try {
			docker("compose", "version");
			docker("version", "--format", "{{.Server.Version}}");
		}
		catch (LauncherException ex) {
			throw new LauncherException("--compose needs Docker with Compose, and it does not answer here: "
					+ ex.getMessage() + "\nWithout Docker: ./run", ex);
		}
		String there = docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}");
		List<String> missing = PARTS.stream()
			.map((part) -> "punctual/" + part + ":" + variable("PUNCTUAL_TAG", "local"))
			.filter((image) -> there.lines().noneMatch(image::equals))
			.toList();
		if (!missing.isEmpty()) {
			throw new LauncherException("Not built yet: " + String.join(", ", missing)
					+ ".\nBuild the images with: ./mvnw -Pimages package -DskipTests");
		}
	}

	public boolean isUp() {
		return !compose("ps", "--status", "running", "--quiet").isBlank();
	}

	/**
	 * Starts what does not run, and waits until everything is ready.
	 */
	public void up() {
		compose("up", "--detach", "--wait", "--wait-timeout", "300", "--quiet-pull");
	}

	/**
	 * Stops everything and removes the containers.
	 * @param data whether the data goes too
	 */
	public void down(boolean data) {
		if (data) {
			compose("down", "--volumes");
		}
		else {
			compose("down");
		}
	}

	/**
	 * Ends a container's processes as a crash would; the engine starts it again. (What
	 * {@code docker kill} ends stays ended.)
	 */
	public void kill(String service) {
		try {
			compose("exec", "--no-TTY", service, "bash", "-c", "kill -9 -1");
		}
		catch (LauncherException ex) {
			// The command itself ends with the container.
		}
	}

	/**
	 * Restarts a container.
	 */
	public void restart(String service) {
		compose("restart", service);
	}

	/**
	 * Takes a container off a network.
	 */
	public void disconnect(String service, String network) {
		docker("network", "disconnect", this.project + "_" + network, container(service));
	}

	/**
	 * Puts a container back on a network, under its name.
	 */
	public void connect(String service, String network) {
		docker("network", "connect", "--alias", service, this.project + "_" + network, container(service));
	}

	/**
	 * Returns the container's log, its last lines.
	 */
	public String log(String service) {
		return compose("logs", "--no-log-prefix", "--tail", "40", service);
	}

	public String edge() {
		return "http://localhost:" + variable("PUNCTUAL_EDGE_PORT", "8080");
	}

	public String issuer() {
		return "http://localhost:" + variable("PUNCTUAL_IDENTITY_PORT", "9000");
	}

	/**
	 * Returns where the mail that was caught is shown.
	 */
	public String mails() {
		return "http://localhost:" + variable("PUNCTUAL_MAIL_PORT", "8025");
	}

	/**
	 * Returns where receivers must listen so that containers reach them as
	 * {@code host.docker.internal}: on Linux that is the address of the engine's bridge;
	 * where the engine runs in a machine of its own, its proxy leads to the loopback
	 * interface.
	 */
	public ReceiverHost receivers() {
		String name = "host.docker.internal";
		String address = compose("exec", "-T", "delivery", "cat", "/etc/hosts").lines()
			.map((line) -> line.strip().split("\\s+"))
			.filter((entry) -> entry.length > 1 && entry[1].equals(name))
			.map((entry) -> entry[0])
			.findFirst()
			.orElseThrow(() -> new LauncherException("The container of delivery does not know " + name + "."));
		try {
			InetAddress bridge = InetAddress.getByName(address);
			boolean here = NetworkInterface.getByInetAddress(bridge) != null;
			return new ReceiverHost(here ? bridge : ReceiverHost.loopback().address(), name);
		}
		catch (IOException ex) {
			throw new LauncherException("The address of " + name + " cannot be used: " + ex.getMessage(), ex);
		}
	}

	private String container(String service) {
		return compose("ps", "--all", "--quiet", service).strip();
	}

	private String variable(String name, String otherwise) {
		return this.environment.getOrDefault(name, Objects.requireNonNullElse(System.getenv(name), otherwise));
	}

	private String compose(String... arguments) {
		List<String> command = new ArrayList<>(List.of("compose", "--project-name", this.project));
		command.addAll(List.of(arguments));
		return docker(command.toArray(String[]::new));
	}

	private String docker(String... arguments) {
		List<String> command = new ArrayList<>(List.of("docker"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.root.toFile()).redirectErrorStream(true);
		builder.environment().putAll(this.environment);
		try {
			Process process = builder.start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			int status = process.waitFor();
			if (status != 0) {
				throw new LauncherException(
						String.join(" ", command) + " failed (status " + status + "):\n" + output.strip());
			}
			return output;
		}
		catch (IOException ex) {
			throw new LauncherException("docker cannot be run: " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LauncherException("Interrupted", ex);
		}
	}

}
