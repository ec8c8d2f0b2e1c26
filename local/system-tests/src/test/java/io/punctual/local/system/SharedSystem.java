package io.punctual.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One system for all stories that take nothing from each other: it is started for the
 * first that asks for a {@link RunningSystem}, and ends after the last.
 */
final class SharedSystem implements ParameterResolver {

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
		return parameter.getParameter().getType() == RunningSystem.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
		return extension.getRoot()
			.getStore(Namespace.create(SharedSystem.class))
			.computeIfAbsent("system", (key) -> start(), RunningSystem.class);
	}

	private static RunningSystem start() {
		try {
			Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
			RunningSystem system = new RunningSystem(Files.createTempDirectory(target, "system"), "clients", "notices",
					"delivery", "sla");
			try {
				system.start(Map.of());
				return system;
			}
			catch (IOException | InterruptedException | RuntimeException ex) {
				system.close();
				throw new IllegalStateException("The system does not run", ex);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
