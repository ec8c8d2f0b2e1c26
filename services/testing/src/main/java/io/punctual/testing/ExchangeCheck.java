package io.punctual.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.networknt.schema.Error;
import io.punctual.testing.ApiDocument.Resolved;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Checks one request and its answer against the API document.
 */
final class ExchangeCheck {

	/** What any operation may answer without saying so: the protocol's own refusals. */
	private static final Set<Integer> UNDOCUMENTED = Set.of(405, 406);

	/** Headers that an operation has or has not: nothing between. */
	private static final List<String> EXACT = List.of(HttpHeaders.ETAG, HttpHeaders.LOCATION);

	/** Headers that must be documented if they are sent. */
	private static final List<String> DOCUMENTED = List.of(HttpHeaders.ETAG, HttpHeaders.LOCATION, HttpHeaders.LINK,
			"Idempotency-Replayed");

	private static final String PROBLEM_SCHEMA = "/components/schemas/Problem";

	private final ApiDocument document;

	private final HttpRequest request;

	private final byte[] requestBody;

	private final BufferedResponse response;

	private final List<String> findings = new ArrayList<>();

	ExchangeCheck(ApiDocument document, HttpRequest request, byte[] requestBody, BufferedResponse response) {
		this.document = document;
		this.request = request;
		this.requestBody = requestBody;
		this.response = response;
	}

	void run() throws IOException {
		int status = this.response.getStatusCode().value();
		String method = this.request.getMethod().name();
		Optional<Operation> operation = this.document.find(method, this.request.getURI().getPath());
		if (operation.isPresent()) {
			check(operation.get(), status);
		}
		else if (!Set.of(401, 403, 404, 405).contains(status)) {
			this.findings.add("the document has no such operation");
		}
		else {
			problem();
		}
		if (!this.findings.isEmpty()) {
			throw new AssertionError("The answer breaks the contract: " + method + " " + this.request.getURI() + " → "
					+ status + "\n  " + String.join("\n  ", this.findings) + "\n  body: "
					+ new String(this.response.bytes(), StandardCharsets.UTF_8));
		}
	}

	private void check(Operation operation, int status) {
		Optional<Resolved> answer = operation.response(status);
		if (answer.isEmpty()) {
			if (UNDOCUMENTED.contains(status)) {
				problem();
			}
			else {
				this.findings.add(operation + " does not document " + status);
			}
			return;
		}
		headers(answer.get(), status);
		content(answer.get());
		if (status < 300) {
			accepted(operation);
		}
	}

	private void headers(Resolved answer, int status) {
		JsonNode documented = answer.node().path("headers");
		HttpHeaders sent = this.response.getHeaders();
		for (String name : DOCUMENTED) {
			if (sent.containsHeader(name) && !documented.has(name)) {
				this.findings.add("the header " + name + " is sent and not documented");
			}
		}
		documented.forEachEntry((name, node) -> {
			Resolved header = this.document.resolve(node, answer.pointer() + "/headers/" + ApiDocument.escape(name));
			String value = sent.getFirst(name);
			boolean required = header.node().path("required").asBoolean(false)
					|| (status < 300 && EXACT.contains(name));
			if (value == null && required) {
				this.findings.add("the header " + name + " is documented and not sent");
			}
			if (value != null && header.node().path("schema").path("type").asString("string").equals("string")) {
				validate(header.pointer() + "/schema", JsonMapper.shared().valueToTree(value), "header " + name);
			}
		});
	}

	private void content(Resolved answer) {
		JsonNode content = answer.node().path("content");
		MediaType type = this.response.getHeaders().getContentType();
		if (this.response.bytes().length == 0) {
			if (!content.isEmpty()) {
				this.findings.add("the answer has no body, the document says " + content.propertyNames());
			}
			return;
		}
		String documented = content.propertyNames()
			.stream()
			.filter((name) -> type != null && MediaType.parseMediaType(name).equalsTypeAndSubtype(type))
			.findFirst()
			.orElse(null);
		if (documented == null) {
			this.findings.add("the answer is " + type + ", the document says " + content.propertyNames());
			return;
		}
		if (isJson(type)) {
			String pointer = answer.pointer() + "/content/" + ApiDocument.escape(documented) + "/schema";
			json(this.response.bytes(), "body").ifPresent((body) -> validate(pointer, body, "body"));
		}
	}

	/** What the service has accepted, the edge must have let through. */
	private void accepted(Operation operation) {
		List<String> query = operation.parameters("query");
		UriComponentsBuilder.fromUri(this.request.getURI())
			.build()
			.getQueryParams()
			.keySet()
			.stream()
			.filter((name) -> !query.contains(name))
			.forEach((name) -> this.findings.add("the parameter " + name + " is accepted and not documented"));
		if (this.requestBody.length == 0) {
			return;
		}
		Optional<Resolved> body = operation.requestBody();
		if (body.isEmpty()) {
			this.findings.add("a body is accepted and not documented");
		}
		else if (isJson(this.request.getHeaders().getContentType())) {
			Resolved documented = body.get();
			documented.node()
				.path("content")
				.propertyNames()
				.stream()
				.filter((name) -> isJson(MediaType.parseMediaType(name)))
				.findFirst()
				.ifPresent((name) -> json(this.requestBody, "request").ifPresent(
						(sent) -> validate(documented.pointer() + "/content/" + ApiDocument.escape(name) + "/schema",
								sent, "accepted request")));
		}
	}

	private void problem() {
		MediaType type = this.response.getHeaders().getContentType();
		if (type == null || !type.equalsTypeAndSubtype(MediaType.APPLICATION_PROBLEM_JSON)) {
			this.findings.add("the refusal is " + type + ", not a problem document");
		}
		else {
			json(this.response.bytes(), "body").ifPresent((body) -> validate(PROBLEM_SCHEMA, body, "body"));
		}
	}

	private Optional<JsonNode> json(byte[] bytes, String what) {
		try {
			return Optional.of(JsonMapper.shared().readTree(bytes));
		}
		catch (RuntimeException ex) {
			this.findings.add(what + " is not JSON");
			return Optional.empty();
		}
	}

	private void validate(String schema, JsonNode value, String what) {
		for (Error error : this.document.schema(schema).validate(value)) {
			this.findings.add(what + " " + error.getInstanceLocation() + ": " + error.getMessage());
		}
	}

	private static boolean isJson(@Nullable MediaType type) {
		return type != null && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
	}

}
