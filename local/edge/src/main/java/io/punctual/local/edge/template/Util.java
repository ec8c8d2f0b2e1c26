package io.punctual.local.edge.template;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import tools.jackson.databind.json.JsonMapper;

/**
 * {@code $util} of a template.
 */
public final class Util {

	private static final JsonMapper JSON = new JsonMapper();

	Util() {
	}

	/**
	 * The text as a part of a JavaScript string; a single quote is escaped too, which
	 * JSON does not allow.
	 */
	public String escapeJavaScript(String text) {
		String quoted = JSON.writeValueAsString(text);
		return quoted.substring(1, quoted.length() - 1).replace("'", "\\'").replace("/", "\\/");
	}

	public Object parseJson(String text) {
		return JSON.readValue(text, Object.class);
	}

	public String urlEncode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	public String urlDecode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	public String base64Encode(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	public String base64Decode(String text) {
		return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
	}

}
