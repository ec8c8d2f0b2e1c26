package io.punctual.local.edge.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One value of a YAML or JSON document that knows its line, so that whatever is wrong
 * with it can be named.
 */
public final class Part {

	private final Source source;

	private final Node node;

	private @Nullable Map<String, Part> entries;

	Part(Source source, Node node) {
		this.source = source;
		this.node = node;
	}

	/**
	 * The line the value begins at, counted from 1.
	 */
	public int line() {
		return this.node.getStartMark().getLine() + 1;
	}

	public boolean isMap() {
		return this.node instanceof MappingNode;
	}

	public boolean isList() {
		return this.node instanceof SequenceNode;
	}

	public @Nullable Part get(String key) {
		Part value = entries().get(key);
		return (value != null) ? value.resolved() : null;
	}

	public Part need(String key) {
		Part value = get(key);
		if (value == null) {
			throw fault("'" + key + "' is missing");
		}
		return value;
	}

	public @Nullable String text(String key) {
		Part value = get(key);
		return (value != null) ? value.text() : null;
	}

	public String text() {
		if (this.node instanceof ScalarNode scalar) {
			return scalar.getValue();
		}
		throw fault("must be a single value");
	}

	public double number() {
		try {
			return Double.parseDouble(text());
		}
		catch (NumberFormatException ex) {
			throw fault("must be a number, not '" + text() + "'");
		}
	}

	public boolean flag(String key, boolean otherwise) {
		Part value = get(key);
		return (value != null) ? Boolean.parseBoolean(value.text()) : otherwise;
	}

	/**
	 * The entries of a map as they stand (references not followed); empty when this is no
	 * map.
	 */
	public Map<String, Part> entries() {
		Map<String, Part> known = this.entries;
		if (known == null) {
			known = new LinkedHashMap<>();
			if (this.node instanceof MappingNode map) {
				for (NodeTuple tuple : map.getValue()) {
					String key = ((ScalarNode) tuple.getKeyNode()).getValue();
					Part value = new Part(this.source, tuple.getValueNode());
					if (known.put(key, value) != null) {
						throw value.fault("'" + key + "' is there twice");
					}
				}
			}
			this.entries = known;
		}
		return known;
	}

	public Map<String, String> texts(String key) {
		Map<String, String> texts = new LinkedHashMap<>();
		Part map = get(key);
		if (map != null) {
			map.entries().forEach((name, value) -> texts.put(name, value.text()));
		}
		return texts;
	}

	public List<Part> items(String key) {
		Part list = get(key);
		return (list != null) ? list.items() : List.of();
	}

	public List<Part> items() {
		List<Part> items = new ArrayList<>();
		if (this.node instanceof SequenceNode sequence) {
			sequence.getValue().forEach((item) -> items.add(new Part(this.source, item).resolved()));
		}
		return items;
	}

	/**
	 * The items of a list as they stand, references not followed.
	 */
	public List<Part> rawItems() {
		List<Part> items = new ArrayList<>();
		if (this.node instanceof SequenceNode sequence) {
			sequence.getValue().forEach((item) -> items.add(new Part(this.source, item)));
		}
		return items;
	}

	/**
	 * This value, or what its {@code $ref} points at.
	 */
	public Part resolved() {
		String reference = reference();
		return (reference != null) ? this.source.at(reference, this).resolved() : this;
	}

	public @Nullable String reference() {
		if (this.node instanceof MappingNode map) {
			for (NodeTuple tuple : map.getValue()) {
				if (tuple.getKeyNode() instanceof ScalarNode key && "$ref".equals(key.getValue())
						&& tuple.getValueNode() instanceof ScalarNode value) {
					return value.getValue();
				}
			}
		}
		return null;
	}

	/**
	 * The value as maps, lists, strings, numbers, booleans and null.
	 */
	public @Nullable Object plain() {
		return switch (this.node) {
			case MappingNode map -> {
				Map<String, @Nullable Object> values = new LinkedHashMap<>();
				entries().forEach((key, value) -> values.put(key, value.plain()));
				yield values;
			}
			case SequenceNode sequence -> {
				List<@Nullable Object> values = new ArrayList<>();
				sequence.getValue().forEach((item) -> values.add(new Part(this.source, item).plain()));
				yield values;
			}
			case ScalarNode scalar -> plain(scalar);
			default -> throw fault("cannot be read");
		};
	}

	private static @Nullable Object plain(ScalarNode scalar) {
		String text = scalar.getValue();
		if (scalar.getTag().equals(Tag.NULL)) {
			return null;
		}
		if (scalar.getTag().equals(Tag.BOOL)) {
			return Boolean.valueOf(text);
		}
		if (scalar.getTag().equals(Tag.INT)) {
			return Long.valueOf(text);
		}
		return scalar.getTag().equals(Tag.FLOAT) ? (Object) Double.valueOf(text) : text;
	}

	/**
	 * What to throw when this value cannot be used: the message names file and line.
	 */
	public DocumentException fault(String why) {
		return new DocumentException(this.source.name() + ":" + line() + ": " + why);
	}

}
