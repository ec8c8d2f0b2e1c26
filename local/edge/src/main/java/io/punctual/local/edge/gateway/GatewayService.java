package io.punctual.local.edge.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.punctual.local.edge.document.Settings;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseDate;
import org.jspecify.annotations.Nullable;

/**
 * Joins the gateway to the web server; every path and method comes here, and what is no
 * proper request is answered in the form of the document's gateway responses, too.
 */
final class GatewayService extends HttpService {

	private static final int LARGEST_HEADERS = 10_240;

	private final Gateway gateway;

	private final Settings settings;

	private final AccessLog log;

	GatewayService(Gateway gateway, Settings settings, AccessLog log, Http1Config config, AtomicInteger underWay) {
		this(new Entrance(underWay), gateway, settings, log, config);
	}

	private GatewayService(Entrance entrance, Gateway gateway, Settings settings, AccessLog log, Http1Config config) {
		super(new DefaultHttpProcessor(new ResponseDate(), new ResponseConnControl()), entrance::handle, config, null,
				null);
		this.gateway = gateway;
		this.settings = settings;
		this.log = log;
		entrance.service = this;
	}

	/**
	 * The library asks for the handler before there is a service.
	 */
	private static final class Entrance {

		private final AtomicInteger underWay;

		private @Nullable GatewayService service;

		private Entrance(AtomicInteger underWay) {
			this.underWay = underWay;
		}

		private void handle(ClassicHttpRequest request, ResponseTrigger trigger, HttpContext context)
				throws HttpException, IOException {
			this.underWay.incrementAndGet();
			try {
				Objects.requireNonNull(this.service).handle(request, trigger, HttpCoreContext.cast(context));
			}
			finally {
				this.underWay.decrementAndGet();
			}
		}

	}

	private void handle(ClassicHttpRequest request, ResponseTrigger trigger, HttpCoreContext context)
			throws HttpException, IOException {
		RequestBody body = new RequestBody(request, trigger);
		String caller = caller(context);
		Headers headers = new Headers();
		String path = "-";
		Exchange exchange;
		Answer answer;
		try {
			int size = headers(request, headers);
			String target = WellFormed.target(request.getPath());
			int query = target.indexOf('?');
			path = (query < 0) ? target : target.substring(0, query);
			exchange = new Exchange(this.settings, request.getMethod(), path,
					(query < 0) ? null : target.substring(query + 1), headers, caller);
			if (size > LARGEST_HEADERS || body.isTooLarge()) {
				answer = this.gateway.refuse(RequestBody.tooLarge(), exchange);
			}
			else {
				exchange.body(body);
				answer = this.gateway.handle(exchange);
			}
		}
		catch (GatewayException ex) {
			exchange = new Exchange(this.settings, path.equals("-") ? "-" : request.getMethod(), path, null, headers,
					caller);
			answer = this.gateway.refuse(ex, exchange);
		}
		boolean more = body.finish();
		InputStream stream = answer.stream();
		try (ClassicHttpResponse response = response(answer, exchange, more)) {
			long length = answer.body().length;
			if (stream != null) {
				StreamedEntity streamed = new StreamedEntity(stream);
				response.setEntity(streamed);
				if (context.getProtocolVersion().greaterEquals(HttpVersion.HTTP_1_1)) {
					response.addHeader("Transfer-Encoding", "chunked");
				}
				trigger.submitResponse(response);
				length = streamed.sent();
			}
			else {
				if (!request.getMethod().equals("HEAD") && answer.status() != 204 && answer.status() != 304) {
					response.addHeader("Content-Length", Integer.toString(answer.body().length));
					response.setEntity(new ByteArrayEntity(answer.body(), null));
				}
				trigger.submitResponse(response);
			}
			exchange.answered(answer.status(), length);
		}
		this.log.write(exchange);
	}

	private static String caller(HttpCoreContext context) {
		return (context.getEndpointDetails() != null
				&& context.getEndpointDetails().getRemoteAddress() instanceof InetSocketAddress address)
						? address.getAddress().getHostAddress() : "-";
	}

	private static int headers(ClassicHttpRequest request, Headers headers) {
		int size = 0;
		int hosts = 0;
		for (Iterator<Header> all = request.headerIterator(); all.hasNext();) {
			Header header = all.next();
			String name = header.getName();
			String value = (header.getValue() != null) ? header.getValue() : "";
			WellFormed.header(name);
			if (name.equalsIgnoreCase("Host")) {
				WellFormed.host(value);
				hosts++;
			}
			headers.add(name, value);
			size += name.length() + value.length();
		}
		WellFormed.method(request.getMethod());
		boolean hostNeeded = request.getVersion() == null || request.getVersion().greaterEquals(HttpVersion.HTTP_1_1);
		if (hosts > 1 || (hostNeeded && hosts == 0)) {
			throw WellFormed.bad();
		}
		return size;
	}

	private static ClassicHttpResponse response(Answer answer, Exchange exchange, boolean more) {
		ClassicHttpResponse response = new BasicClassicHttpResponse(answer.status());
		response.addHeader("x-amzn-RequestId", exchange.requestId());
		response.addHeader("x-amz-apigw-id", exchange.extendedRequestId());
		for (Headers.Field field : answer.headers().fields()) {
			response.addHeader(field.name(), field.value());
		}
		if (!more) {
			response.setHeader("Connection", "close");
		}
		return response;
	}

	/**
	 * The answer to bytes that could not be read as a request.
	 */
	@Override
	protected void handleException(HttpException failure, ClassicHttpResponse response) {
		boolean large = failure instanceof RequestHeaderFieldsTooLargeException;
		Exchange exchange = new Exchange(this.settings, "-", "-", null, new Headers(), "-");
		Answer answer = this.gateway.refuse(large ? RequestBody.tooLarge() : WellFormed.bad(), exchange);
		response.setCode(answer.status());
		response.addHeader("x-amzn-RequestId", exchange.requestId());
		response.addHeader("x-amz-apigw-id", exchange.extendedRequestId());
		answer.headers().fields().forEach((field) -> response.addHeader(field.name(), field.value()));
		response.addHeader("Content-Length", Integer.toString(answer.body().length));
		response.setEntity(new ByteArrayEntity(answer.body(), (ContentType) null));
		exchange.answered(answer.status(), answer.body().length);
		this.log.write(exchange);
	}

}
