package io.punctual.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer whose body can be read more than once.
 */
final class BufferedResponse implements ClientHttpResponse {

	private final ClientHttpResponse response;

	private final byte[] body;

	BufferedResponse(ClientHttpResponse response) throws IOException {
		this.response = response;
		this.body = response.getBody().readAllBytes();
	}

	byte[] bytes() {
		return this.body;
	}

	@Override
	public InputStream getBody() {
		return new ByteArrayInputStream(this.body);
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.response.getHeaders();
	}

	@Override
	public HttpStatusCode getStatusCode() throws IOException {
		return this.response.getStatusCode();
	}

	@Override
	public String getStatusText() throws IOException {
		return this.response.getStatusText();
	}

	@Override
	public void close() {
		this.response.close();
	}

}
