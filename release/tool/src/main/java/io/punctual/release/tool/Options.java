package io.punctual.release.tool;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Options of a command line, as pairs of {@code --name value}.
 */
public final class Options {

	private final Map<String, String> values;

	private Options(Map<String, String> values) {
		this.values = values;
	}

	public static Options parse(List<String> args) {
		Map<String, String> values = new HashMap<>();
		for (int i = 0; i < args.size(); i += 2) {
			String name = args.get(i);
			if (!name.startsWith("--") || i + 1 == args.size()) {
				throw new ReleaseException("expected --name value, not " + name);
			}
			values.put(name.substring(2), args.get(i + 1));
		}
		return new Options(values);
	}

	/**
	 * An option that must be there.
	 * @param name its name, without the dashes
	 * @return its value
	 */
	public String need(String name) {
		String value = this.values.get(name);
		if (value == null) {
			throw new ReleaseException("--" + name + " is missing");
		}
		return value;
	}

	public @Nullable String find(String name) {
		return this.values.get(name);
	}

	public Path path(String name) {
		return Path.of(need(name));
	}

	/**
	 * A path with a default, for files whose place in the repository is known.
	 * @param name its name, without the dashes
	 * @param otherwise where it is unless the option says otherwise
	 * @return the path
	 */
	public Path path(String name, String otherwise) {
		return Path.of(this.values.getOrDefault(name, otherwise));
	}

}
