package io.punctual.local.edge.document;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.networknt.schema.Schema;
import io.punctual.local.edge.document.Operation.Authorizer;
import io.punctual.local.edge.document.Operation.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Reads an API Gateway document and refuses, naming the line, what the edge would not
 * enforce.
 */
public final class DocumentReader {

	private static final String PREFIX = "x-amazon-apigateway-";

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch",
			PREFIX + "any-method");

	private static final Set<String> KNOWN = Set.of(PREFIX + "request-validators", PREFIX + "request-validator",
			PREFIX + "gateway-responses", PREFIX + "api-key-source", PREFIX + "binary-media-types",
			PREFIX + "endpoint-configuration", PREFIX + "importexport-version", PREFIX + "tag-value");

	private final Part root;

	private final Models models;

	private DocumentReader(Part root) {
		this.root = root;
		this.models = new Models(root);
	}

	public static GatewayApi read(Source source) {
		return new DocumentReader(source.root()).read();
	}

	private GatewayApi read() {
		if (!this.root.need("openapi").text().startsWith("3.0")) {
			throw this.root.need("openapi").fault("the importer takes OpenAPI 3.0");
		}
		refuseUnknown(this.root);
		Part keySource = this.root.get(PREFIX + "api-key-source");
		if (keySource != null && !"HEADER".equals(keySource.text())) {
			throw keySource.fault("the edge takes API keys from the header only");
		}
		List<Operation> operations = new ArrayList<>();
		this.root.need("paths").entries().forEach((path, item) -> {
			refuseUnknown(item);
			item.entries().forEach((method, operation) -> {
				if (METHODS.contains(method)) {
					operations.add(operation(path, method, item, operation));
				}
			});
			Part preflight = Preflight.part(this.root, path, item.entries().keySet());
			if (preflight != null) {
				operations.add(operation(path, "options", preflight, preflight));
			}
		});
		return new GatewayApi(this.root.need("info").need("title").text(), operations, gatewayResponses());
	}

	private void refuseUnknown(Part part) {
		part.entries().forEach((name, value) -> {
			if (name.startsWith(PREFIX) && !KNOWN.contains(name) && !METHODS.contains(name)) {
				throw value.fault("the edge does not support '" + name + "' here");
			}
		});
	}

	private Operation operation(String path, String method, Part item, Part part) {
		Part integration = part.get(PREFIX + "integration");
		if (integration == null) {
			throw part.fault(method + " " + path + " has no integration");
		}
		part.entries().forEach((name, value) -> {
			if (name.startsWith(PREFIX) && !KNOWN.contains(name) && !name.equals(PREFIX + "integration")) {
				throw value.fault("the edge does not support '" + name + "' here");
			}
		});
		Authorizer authorizer = null;
		Set<String> scopes = new LinkedHashSet<>();
		boolean keyed = false;
		for (Part requirement : requirements(part)) {
			for (String name : requirement.entries().keySet()) {
				Part scheme = this.root.need("components").need("securitySchemes").need(name);
				if (scheme.get(PREFIX + "authorizer") != null) {
					authorizer = authorizer(name, scheme);
					requirement.items(name).forEach((scope) -> scopes.add(scope.text()));
				}
				else if ("x-api-key".equalsIgnoreCase(scheme.text("name"))) {
					keyed = true;
				}
				else {
					throw scheme.fault("the edge supports Cognito user pools and x-api-key, not '" + name + "'");
				}
			}
		}
		Part validator = validator(part);
		boolean validatesParameters = validator != null && validator.flag("validateRequestParameters", false);
		boolean validatesBody = validator != null && validator.flag("validateRequestBody", false);
		String verb = method.equals(PREFIX + "any-method") ? "ANY" : method.toUpperCase(Locale.ROOT);
		Map<String, Schema> bodies = validatesBody ? this.models.of(part) : Map.of();
		return new Operation(verb, path, part.text("operationId"), authorizer, scopes, keyed,
				validatesParameters ? required(item, part) : List.of(), bodies, IntegrationReader.read(integration),
				part.line());
	}

	private List<Part> requirements(Part operation) {
		return (operation.get("security") != null) ? operation.items("security") : this.root.items("security");
	}

	private static Authorizer authorizer(String name, Part scheme) {
		Part part = scheme.need(PREFIX + "authorizer");
		if (!"cognito_user_pools".equalsIgnoreCase(part.need("type").text())) {
			throw part.need("type").fault("the edge supports authorizers of type cognito_user_pools only");
		}
		List<String> providers = part.items("providerARNs").stream().map(Part::text).toList();
		if (providers.isEmpty()) {
			throw part.fault("'providerARNs' is missing");
		}
		return new Authorizer(name, scheme.need("name").text(), providers);
	}

	private @Nullable Part validator(Part operation) {
		String key = PREFIX + "request-validator";
		Part name = (operation.get(key) != null) ? operation.get(key) : this.root.get(key);
		return (name != null) ? this.root.need(PREFIX + "request-validators").need(name.text()) : null;
	}

	private static List<Parameter> required(Part item, Part operation) {
		Map<String, Parameter> required = new LinkedHashMap<>();
		for (Part source : List.of(item, operation)) {
			for (Part parameter : source.items("parameters")) {
				Parameter key = new Parameter(parameter.need("in").text(), parameter.need("name").text());
				if (parameter.flag("required", false)) {
					required.put(key.toString(), key);
				}
				else {
					required.remove(key.toString());
				}
			}
		}
		return required.values().stream().sorted((a, b) -> (a.in() + a.name()).compareTo(b.in() + b.name())).toList();
	}

	private Map<ResponseType, GatewayResponse> gatewayResponses() {
		Map<ResponseType, GatewayResponse> responses = new EnumMap<>(ResponseType.class);
		Part map = this.root.get(PREFIX + "gateway-responses");
		if (map != null) {
			map.entries().forEach((name, value) -> {
				String status = value.text("statusCode");
				Map<String, String> headers = new LinkedHashMap<>();
				value.texts("responseParameters").forEach((target, expression) -> {
					if (!target.startsWith("gatewayresponse.header.")) {
						throw value.fault("a gateway response sets gatewayresponse.header.…, not " + target);
					}
					headers.put(target.substring("gatewayresponse.header.".length()), expression);
				});
				Map<String, String> templates = value.texts("responseTemplates");
				responses.put(type(name, value), new GatewayResponse((status != null) ? Integer.valueOf(status) : null,
						headers, templates.isEmpty() ? GatewayResponse.DEFAULT.templates() : templates));
			});
		}
		return responses;
	}

	private static ResponseType type(String name, Part value) {
		try {
			return ResponseType.valueOf(name);
		}
		catch (IllegalArgumentException ex) {
			throw value.fault("there is no gateway response '" + name + "'");
		}
	}

}
