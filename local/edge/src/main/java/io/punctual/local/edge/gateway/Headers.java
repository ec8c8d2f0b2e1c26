package io.punctual.local.edge.gateway;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Header fields in their order, with the names' case as it came; looked up without regard
 * to it.
 */
public final class Headers {

	private final List<Field> fields = new ArrayList<>();

	/**
	 * One header field.
	 */
	public record Field(String name, String value) {
	}

	public List<Field> fields() {
		return this.fields;
	}

	public Headers add(String name, String value) {
		this.fields.add(new Field(name, value));
		return this;
	}

	public Headers set(String name, String value) {
		remove(name);
		return add(name, value);
	}

	public void remove(String name) {
		this.fields.removeIf((field) -> field.name().equalsIgnoreCase(name));
	}

	/**
	 * The last value of that name, as API Gateway takes it.
	 */
	public @Nullable String get(String name) {
		for (int i = this.fields.size() - 1; i >= 0; i--) {
			if (this.fields.get(i).name().equalsIgnoreCase(name)) {
				return this.fields.get(i).value();
			}
		}
		return null;
	}

	/**
	 * The last value under exactly that name: API Gateway's parameters know upper from
	 * lower case.
	 */
	public @Nullable String exactly(String name) {
		for (int i = this.fields.size() - 1; i >= 0; i--) {
			if (this.fields.get(i).name().equals(name)) {
				return this.fields.get(i).value();
			}
		}
		return null;
	}

	public List<String> all(String name) {
		return this.fields.stream().filter((field) -> field.name().equalsIgnoreCase(name)).map(Field::value).toList();
	}

}
