package io.punctual.local.edge.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

import io.punctual.local.edge.document.ResponseType;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request's body: read when it is asked for, which is when a caller that waits for
 * {@code 100 Continue} is told to send it.
 */
final class RequestBody implements Supplier<byte[]> {

	static final int LARGEST = 10 * 1024 * 1024;

	/**
	 * What is read of a body that nobody wants, so that its sender comes to reading the
	 * answer.
	 */
	private static final long LONGEST_REST = 12L * 1024 * 1024;

	private final ClassicHttpRequest request;

	private final @Nullable HttpEntity entity;

	private final ResponseTrigger trigger;

	private boolean waiting;

	private boolean broken;

	RequestBody(ClassicHttpRequest request, ResponseTrigger trigger) {
		this.request = request;
		this.entity = request.getEntity();
		this.trigger = trigger;
		Header expected = request.getFirstHeader("Expect");
		this.waiting = expected != null && "100-continue".equalsIgnoreCase(expected.getValue());
	}

	boolean isTooLarge() {
		return this.entity != null && this.entity.getContentLength() > LARGEST;
	}

	@Override
	public byte[] get() {
		if (this.entity == null) {
			return new byte[0];
		}
		try {
			if (this.waiting) {
				this.waiting = false;
				this.trigger.sendInformation(new BasicClassicHttpResponse(100));
			}
			byte[] body = this.entity.getContent().readNBytes(LARGEST + 1);
			if (body.length > LARGEST) {
				throw tooLarge();
			}
			return body;
		}
		catch (IOException | HttpException ex) {
			this.broken = true;
			throw WellFormed.bad();
		}
	}

	/**
	 * Takes what is left of the body from the connection.
	 * @return whether another request can follow on it
	 */
	boolean finish() {
		if (this.entity == null) {
			return true;
		}
		this.request.setEntity(null);
		return !this.waiting && !this.broken && drained(this.entity);
	}

	private static boolean drained(HttpEntity entity) {
		try {
			InputStream rest = entity.getContent();
			byte[] buffer = new byte[8 * 1024];
			long left = LONGEST_REST;
			int read = rest.read(buffer);
			while (read >= 0 && left > 0) {
				left -= read;
				read = rest.read(buffer);
			}
			return read < 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	static GatewayException tooLarge() {
		return new GatewayException(ResponseType.REQUEST_TOO_LARGE, "Request Too Long");
	}

}
