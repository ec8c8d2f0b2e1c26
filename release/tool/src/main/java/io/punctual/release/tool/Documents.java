package io.punctual.release.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads and writes files: text, JSON and YAML.
 */
public final class Documents {

	public static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	public static final YAMLMapper YAML = YAMLMapper.builder().build();

	private Documents() {
	}

	public static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new ReleaseException("cannot read " + file, ex);
		}
	}

	public static void write(Path file, String text) {
		try {
			if (file.getParent() != null) {
				Files.createDirectories(file.getParent());
			}
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new ReleaseException("cannot write " + file, ex);
		}
	}

	public static JsonNode json(Path file) {
		return parse(file, JSON);
	}

	public static JsonNode yaml(Path file) {
		return parse(file, YAML);
	}

	private static JsonNode parse(Path file, tools.jackson.databind.ObjectMapper mapper) {
		try {
			return mapper.readTree(text(file));
		}
		catch (JacksonException ex) {
			throw new ReleaseException(file + " is not well-formed", ex);
		}
	}

}
