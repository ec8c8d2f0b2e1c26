package io.punctual.local.edge.document;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.networknt.schema.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One method of one path of the document.
 *
 * @param path the resource path as the document writes it
 * @param authorizer null where anyone may call
 * @param scopes any one of them lets an access token in; without any the token is an ID
 * token
 * @param required the parameters a request is refused without; empty where they are not
 * validated
 * @param models body schemas by media type or {@code $default}; empty where bodies are
 * not validated
 * @param line where the document has it
 */
public record Operation(String method, String path, @Nullable String operationId, @Nullable Authorizer authorizer,
		Set<String> scopes, boolean apiKeyRequired, List<Parameter> required, Map<String, Schema> models,
		Integration integration, int line) {

	/**
	 * A required parameter; {@code in} is header, path or query.
	 */
	public record Parameter(String in, String name) {
	}

	/**
	 * A Cognito user pool, or any issuer of JSON web tokens in its place.
	 *
	 * @param header the request header that carries the token
	 * @param providers the pools' ARNs or issuers, stage variables still inside
	 */
	public record Authorizer(String name, String header, List<String> providers) {
	}

}
