package io.punctual.testing;

import java.util.ArrayList;
import java.util.List;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * Tries each changing operation of a service as somebody who may only read. That each
 * leaves its one entry in the audit is what every exchange is held to.
 */
public final class RefusedChanges {

	private static final List<String> CHANGING = List.of("POST", "PUT", "PATCH", "DELETE");

	private RefusedChanges() {
	}

	/**
	 * Try all that the API document has for the service.
	 * @param api the service's API
	 * @param tag the service's tag in the document
	 * @return the operations, such as {@code POST /v1/notices}
	 * @throws AssertionError if one is not refused, or leaves no entry
	 */
	public static List<String> tryEach(Api api, String tag) {
		List<String> tried = new ArrayList<>();
		for (Operation operation : ApiDocument.load().operations()) {
			// What asks for no scope is for whoever has its link.
			if (operation.hasTag(tag) && CHANGING.contains(operation.method()) && !operation.scopes().isEmpty()) {
				request(api.providerReader(), operation).exchange().expectStatus().isForbidden();
				tried.add(operation.toString());
			}
		}
		return tried;
	}

	private static RestTestClient.RequestBodySpec request(RestTestClient reader, Operation operation) {
		RestTestClient.RequestBodySpec request = reader.method(HttpMethod.valueOf(operation.method()))
			.uri(operation.path().replaceAll("\\{[^}]+}", "xxx_01JG8ZT2M4Q9V7X3B5N6K8H1R2"));
		operation.parameters("header").forEach((header) -> request.header(header, "\"refused\""));
		// As what the document takes: anything else is refused before the caller is.
		operation.requestBody()
			.map((body) -> body.node().path("content").propertyNames().iterator().next())
			.ifPresent((type) -> request.contentType(MediaType.parseMediaType(type)).body("{}"));
		return request;
	}

}
