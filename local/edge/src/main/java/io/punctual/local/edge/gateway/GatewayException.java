package io.punctual.local.edge.gateway;

import io.punctual.local.edge.document.ResponseType;
import org.jspecify.annotations.Nullable;

/**
 * The gateway answers by itself instead of the backend.
 */
public final class GatewayException extends RuntimeException {

	private final ResponseType type;

	private final @Nullable Integer status;

	public GatewayException(ResponseType type, String message) {
		this(type, null, message);
	}

	public GatewayException(ResponseType type, @Nullable Integer status, String message) {
		super(message, null, false, false);
		this.type = type;
		this.status = status;
	}

	public static GatewayException noRoute() {
		return new GatewayException(ResponseType.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token");
	}

	public static GatewayException internal() {
		return new GatewayException(ResponseType.DEFAULT_5XX, "Internal server error");
	}

	public ResponseType type() {
		return this.type;
	}

	public int status() {
		return (this.status != null) ? this.status : this.type.status();
	}

	public String message() {
		return String.valueOf(getMessage());
	}

}
