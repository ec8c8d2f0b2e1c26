package io.punctual.release.hook.check;

import java.net.http.HttpHeaders;
import java.util.Arrays;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was answered to a request.
 *
 * @param request method and address, for messages
 * @param status the status
 * @param headers the headers
 * @param text the body
 */
public record Answer(String request, int status, HttpHeaders headers, String text) {

	static final JsonMapper JSON = new JsonMapper();

	/**
	 * Demands a status.
	 * @param statuses the ones that are right
	 * @return this answer
	 */
	public Answer expect(int... statuses) {
		if (Arrays.stream(statuses).noneMatch((expected) -> expected == this.status)) {
			throw new CheckException(this.request + " was answered " + this.status + " "
					+ this.text.substring(0, Math.min(300, this.text.length())));
		}
		return this;
	}

	public JsonNode body() {
		try {
			return this.text.isBlank() ? JSON.createObjectNode() : JSON.readTree(this.text);
		}
		catch (JacksonException ex) {
			throw new CheckException(this.request + " was answered something that is no JSON", ex);
		}
	}

	/**
	 * A text member that must be there.
	 * @param name the member's name
	 * @return its value
	 */
	public String need(String name) {
		String value = body().path(name).asString("");
		if (value.isEmpty()) {
			throw new CheckException(this.request + " was answered without " + name);
		}
		return value;
	}

}
