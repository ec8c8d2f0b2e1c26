package io.punctual.local.edge.gateway;

import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * What the client is answered; the body is bytes, or a stream that is sent on as it
 * comes.
 */
public record Answer(int status, Headers headers, byte[] body, @Nullable InputStream stream) {

	public static Answer of(int status, Headers headers, byte[] body) {
		return new Answer(status, headers, body, null);
	}

}
