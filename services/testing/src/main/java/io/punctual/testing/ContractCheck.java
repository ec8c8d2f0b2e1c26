package io.punctual.testing;

import java.io.IOException;
import java.util.Set;

import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Holds a service to the API document: each answer (status, headers, media type, body),
 * what it accepts, and the operations that it offers. Paths outside of {@code /v1} are
 * not the document's.
 */
public final class ContractCheck implements ClientHttpRequestInterceptor {

	private final ApiDocument document;

	private final ApplicationContext application;

	ContractCheck(ApiDocument document, ApplicationContext application) {
		this.document = document;
		this.application = application;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		ClientHttpResponse response = execution.execute(request, body);
		if (!request.getURI().getPath().startsWith("/v1/")) {
			return response;
		}
		BufferedResponse buffered = new BufferedResponse(response);
		new ExchangeCheck(this.document, request, body, buffered).run();
		return buffered;
	}

	/**
	 * Compares the handlers of the application with the document's operations, in both
	 * directions, and the scopes of each.
	 * @param tag the service's tag in the document
	 * @throws AssertionError if they differ
	 */
	public void everyOperationIsImplemented(String tag) {
		OfferedOperations offered = OfferedOperations
			.of(this.application.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class));
		Set<String> differences = offered.differences(this.document, tag);
		if (!differences.isEmpty()) {
			throw new AssertionError("The service and the API document differ:\n  " + String.join("\n  ", differences));
		}
	}

}
