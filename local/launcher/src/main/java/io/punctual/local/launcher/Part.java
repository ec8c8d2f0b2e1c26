package io.punctual.local.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One process of the system, as it is to be started.
 *
 * @param name its name, which is its module's too
 * @param folder its module's folder
 * @param port its port on this host
 * @param heapMegabytes the most memory for its objects, in MiB
 * @param arguments its arguments
 * @param environment its variables, beside this process's own
 * @param health what answers 200 once it is ready
 */
record Part(String name, Path folder, int port, int heapMegabytes, List<String> arguments,
		Map<String, String> environment, URI health) {

	Path jar() {
		return this.folder.resolve("target").resolve(this.name + "-1.0.0-SNAPSHOT-app.jar");
	}

}
