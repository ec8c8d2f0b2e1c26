package io.punctual.local.edge.document;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How the document wants one of the gateway's own answers to look.
 *
 * @param status null to keep the type's own
 * @param headers header names and their mapping expressions
 * @param templates templates by media type
 */
public record GatewayResponse(@Nullable Integer status, Map<String, String> headers, Map<String, String> templates) {

	/**
	 * What AWS answers where the document says nothing.
	 */
	public static final GatewayResponse DEFAULT = new GatewayResponse(null, Map.of(),
			Map.of("application/json", "{\"message\":$context.error.messageString}"));

}
