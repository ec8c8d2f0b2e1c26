package io.punctual.local.edge.document;

import java.util.List;
import java.util.Map;

/**
 * An API as its document defines it.
 */
public record GatewayApi(String title, List<Operation> operations, Map<ResponseType, GatewayResponse> responses) {

	/**
	 * The form of an answer: the type's own, else its default's, else AWS's. A type that
	 * is set inherits nothing.
	 */
	public GatewayResponse response(ResponseType type) {
		GatewayResponse own = this.responses.get(type);
		return (own != null) ? own : this.responses.getOrDefault(type.fallback(), GatewayResponse.DEFAULT);
	}

}
