package io.punctual.local.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The command {@code docker}, and others.
 */
final class Docker {

	private Docker() {
	}

	static String docker(String... arguments) {
		Result result = tried(arguments);
		if (result.status() != 0) {
			throw new IllegalStateException("docker " + String.join(" ", arguments) + ":\n" + result.output());
		}
		return result.output().strip();
	}

	static Result tried(String... arguments) {
		List<String> command = new ArrayList<>(List.of("docker"));
		command.addAll(Arrays.asList(arguments));
		return run(Path.of("."), command);
	}

	static Result run(Path folder, List<String> command) {
		try {
			Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return new Result(process.waitFor(), output);
		}
		catch (IOException ex) {
			throw new IllegalStateException(command + " cannot be run", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * How a command ended.
	 *
	 * @param status its exit status
	 * @param output what it said
	 */
	record Result(int status, String output) {
	}

}
