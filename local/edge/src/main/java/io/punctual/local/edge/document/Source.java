package io.punctual.local.edge.document;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A document's file, read once; YAML, or JSON as a part of YAML.
 */
public final class Source {

	private static final int LARGEST = 6 * 1024 * 1024;

	private final String name;

	private final Part root;

	private Source(String name, Reader text) {
		this.name = name;
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		options.setCodePointLimit(LARGEST);
		try {
			Node node = new Yaml(new SafeConstructor(options)).compose(text);
			this.root = new Part(this, node);
		}
		catch (MarkedYAMLException ex) {
			int line = (ex.getProblemMark() != null) ? ex.getProblemMark().getLine() + 1 : 1;
			throw new DocumentException(name + ":" + line + ": " + ex.getProblem());
		}
	}

	public static Source of(Path file) {
		try (Reader reader = Files.newBufferedReader(file)) {
			return new Source(String.valueOf(file.getFileName()), reader);
		}
		catch (IOException ex) {
			throw new DocumentException(file + " cannot be read: " + ex.getMessage());
		}
	}

	public static Source of(String name, String text) {
		return new Source(name, new StringReader(text));
	}

	public String name() {
		return this.name;
	}

	public Part root() {
		return this.root;
	}

	Part at(String reference, Part from) {
		if (!reference.startsWith("#/")) {
			throw from.fault("only references inside the document are followed, not " + reference);
		}
		Part part = this.root;
		for (String step : reference.substring(2).split("/", -1)) {
			Part next = part.entries().get(step.replace("~1", "/").replace("~0", "~"));
			if (next == null) {
				throw from.fault(reference + " points at nothing");
			}
			part = next;
		}
		return part;
	}

}
