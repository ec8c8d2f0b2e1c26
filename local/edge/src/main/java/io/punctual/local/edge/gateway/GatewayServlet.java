package io.punctual.local.edge.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;

import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.document.Settings;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Joins the gateway to the web server; every path and method comes here.
 */
public final class GatewayServlet extends HttpServlet {

	private static final int LARGEST_BODY = 10 * 1024 * 1024;

	private static final int LARGEST_HEADERS = 10_240;

	private final transient Gateway gateway;

	private final transient Settings settings;

	private final transient AccessLog log;

	public GatewayServlet(Gateway gateway, Settings settings, AccessLog log) {
		this.gateway = gateway;
		this.settings = settings;
		this.log = log;
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Headers headers = new Headers();
		int size = 0;
		for (String name : Collections.list(request.getHeaderNames())) {
			for (String value : Collections.list(request.getHeaders(name))) {
				headers.add(name, value);
				size += name.length() + value.length();
			}
		}
		Exchange exchange;
		try {
			exchange = new Exchange(this.settings, request.getMethod(), request.getRequestURI(),
					request.getQueryString(), headers, request.getRemoteAddr());
		}
		catch (GatewayException ex) {
			Exchange unread = new Exchange(this.settings, request.getMethod(), request.getRequestURI(), null, headers,
					request.getRemoteAddr());
			write(this.gateway.refuse(ex, unread), unread, response);
			return;
		}
		Answer answer;
		if (size > LARGEST_HEADERS || request.getContentLengthLong() > LARGEST_BODY) {
			answer = this.gateway.refuse(tooLarge(), exchange);
		}
		else {
			exchange.body(() -> read(request));
			answer = this.gateway.handle(exchange);
		}
		write(answer, exchange, response);
	}

	private static GatewayException tooLarge() {
		return new GatewayException(ResponseType.REQUEST_TOO_LARGE, "Request Too Long");
	}

	private static byte[] read(HttpServletRequest request) {
		long length = request.getContentLengthLong();
		if (length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null)) {
			return new byte[0];
		}
		try {
			byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
			if (body.length > LARGEST_BODY) {
				throw tooLarge();
			}
			return body;
		}
		catch (IOException ex) {
			throw new GatewayException(ResponseType.DEFAULT_4XX, "Bad Request");
		}
	}

	private void write(Answer answer, Exchange exchange, HttpServletResponse response) throws IOException {
		response.setStatus(answer.status());
		response.addHeader("x-amzn-RequestId", exchange.requestId());
		response.addHeader("x-amz-apigw-id", exchange.extendedRequestId());
		for (Headers.Field field : answer.headers().fields()) {
			response.addHeader(field.name(), field.value());
		}
		long length = answer.body().length;
		InputStream stream = answer.stream();
		if (stream != null) {
			try (stream) {
				length = copy(stream, response.getOutputStream());
			}
		}
		else if (!exchange.method().equals("HEAD") && answer.status() != 204 && answer.status() != 304) {
			response.setContentLength(answer.body().length);
			response.getOutputStream().write(answer.body());
		}
		exchange.answered(answer.status(), length);
		this.log.write(exchange);
	}

	private static long copy(InputStream from, OutputStream to) throws IOException {
		byte[] buffer = new byte[8 * 1024];
		long length = 0;
		for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
			to.write(buffer, 0, read);
			to.flush();
			length += read;
		}
		return length;
	}

}
