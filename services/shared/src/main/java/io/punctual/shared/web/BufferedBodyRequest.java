package io.punctual.shared.web;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.WebUtils;

/**
 * A request whose body is read as a whole, up to what its handler takes. By the time
 * somebody asks for the body the handler is known.
 */
public final class BufferedBodyRequest extends HttpServletRequestWrapper {

	private final int limitBytes;

	private byte @Nullable [] body;

	BufferedBodyRequest(HttpServletRequest request, int limitBytes) {
		super(request);
		this.limitBytes = limitBytes;
	}

	/**
	 * The bytes that the handler was given.
	 * @param request the request that a handler sees
	 * @return the body, empty if there was none
	 */
	public static byte[] bodyOf(HttpServletRequest request) {
		BufferedBodyRequest buffered = WebUtils.getNativeRequest(request, BufferedBodyRequest.class);
		return (buffered != null && buffered.body != null) ? buffered.body.clone() : new byte[0];
	}

	@Override
	public ServletInputStream getInputStream() throws IOException {
		return new BodyStream(new ByteArrayInputStream(body()));
	}

	@Override
	public BufferedReader getReader() throws IOException {
		return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
	}

	private byte[] body() throws IOException {
		if (this.body == null) {
			int limit = limit();
			if (getContentLengthLong() > limit) {
				throw tooLarge(limit);
			}
			byte[] bytes = super.getInputStream().readNBytes(limit + 1);
			if (bytes.length > limit) {
				throw tooLarge(limit);
			}
			this.body = bytes;
		}
		return this.body;
	}

	private int limit() {
		if (getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler) {
			LargeBody large = handler.getMethodAnnotation(LargeBody.class);
			return (large != null) ? large.bytes() : this.limitBytes;
		}
		return this.limitBytes;
	}

	private static ProblemException tooLarge(int limit) {
		return ProblemException
			.of(ProblemType.PAYLOAD_TOO_LARGE, "The body may have up to " + limit / 1024 + " KiB here.")
			.with("limitBytes", limit);
	}

	/**
	 * The body as a servlet's stream.
	 */
	private static final class BodyStream extends ServletInputStream {

		private final ByteArrayInputStream bytes;

		private BodyStream(ByteArrayInputStream bytes) {
			this.bytes = bytes;
		}

		@Override
		public int read() {
			return this.bytes.read();
		}

		@Override
		public int read(byte[] target, int offset, int length) {
			return this.bytes.read(target, offset, length);
		}

		@Override
		public boolean isFinished() {
			return this.bytes.available() == 0;
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setReadListener(ReadListener listener) {
			throw new UnsupportedOperationException("The body has been read");
		}

	}

}
