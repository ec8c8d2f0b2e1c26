package io.punctual.local.edge.gateway;

import java.io.IOException;

import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.document.Settings;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the web server refuses before the gateway sees it (a malformed request
 * line or header), in the form of the document's gateway responses.
 */
public final class RefusalValve extends ErrorReportValve {

	private final Gateway gateway;

	private final Settings settings;

	private final AccessLog log;

	public RefusalValve(Gateway gateway, Settings settings, AccessLog log) {
		this.gateway = gateway;
		this.settings = settings;
		this.log = log;
	}

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		int status = response.getStatus();
		if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
			return;
		}
		Exchange exchange = new Exchange(this.settings, text(request.getMethod(), "-"),
				text(request.getRequestURI(), "-"), null, new Headers(), text(request.getRemoteAddr(), "-"));
		Answer answer = this.gateway.refuse(error(status), exchange);
		try {
			response.setStatus(answer.status());
			response.setHeader("x-amzn-RequestId", exchange.requestId());
			response.setHeader("x-amz-apigw-id", exchange.extendedRequestId());
			for (Headers.Field field : answer.headers().fields()) {
				if (field.name().equalsIgnoreCase("Content-Type")) {
					response.setContentType(field.value());
				}
				else {
					response.addHeader(field.name(), field.value());
				}
			}
			response.setContentLength(answer.body().length);
			response.getOutputStream().write(answer.body());
			response.getCoyoteResponse().action(ActionCode.CLIENT_FLUSH, null);
			response.finishResponse();
		}
		catch (IOException | IllegalStateException ex) {
			// The caller is gone.
		}
		exchange.answered(answer.status(), answer.body().length);
		this.log.write(exchange);
	}

	private static GatewayException error(int status) {
		return switch (status) {
			case 413, 414, 431 -> new GatewayException(ResponseType.REQUEST_TOO_LARGE, "Request Too Long");
			case 500 -> GatewayException.internal();
			default -> new GatewayException(ResponseType.DEFAULT_4XX, "Bad Request");
		};
	}

	private static String text(@Nullable String text, String otherwise) {
		return (text != null) ? text : otherwise;
	}

}
