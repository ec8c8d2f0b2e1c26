package io.punctual.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.punctual.shared.contract.AuditRecorded;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds every writing exchange of every test to the audit: what was done left exactly one
 * entry, what was refused for who sent it one too, and nothing else any.
 */
final class AuditCheck implements ClientHttpRequestInterceptor {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");

	private final ApiDocument document;

	private final ObjectProvider<JdbcClient> jdbc;

	AuditCheck(ApiDocument document, ObjectProvider<JdbcClient> jdbc) {
		this.document = document;
		this.jdbc = jdbc;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		ClientHttpResponse response = execution.execute(request, body);
		String path = request.getURI().getPath();
		if (!path.startsWith("/v1/") || !WRITING.contains(request.getMethod().name())) {
			return response;
		}
		Operation operation = this.document.find(request.getMethod().name(), path).orElse(null);
		String correlationId = response.getHeaders().getFirst("X-Correlation-Id");
		// A database that is away can be asked for nothing.
		if (operation == null || correlationId == null || response.getStatusCode().is5xxServerError()) {
			return response;
		}
		int status = response.getStatusCode().value();
		boolean repeated = response.getHeaders().getFirst("Idempotency-Replayed") != null;
		String expected = (status < 300 && !repeated) ? "DONE" : (status == 403) ? "DENIED" : null;
		check(request.getMethod() + " " + path + " (" + status + ")", operation, expected, correlationId);
		return response;
	}

	/** The entry of a refusal is written after the answer, so it is waited for. */
	private void check(String exchange, Operation operation, @Nullable String expected, String correlationId) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		List<AuditRecorded> entries = entries(correlationId);
		while (entries.isEmpty() && "DENIED".equals(expected) && System.nanoTime() < end) {
			sleep();
			entries = entries(correlationId);
		}
		if (expected == null) {
			if (!entries.isEmpty()) {
				throw new AssertionError(exchange + " did nothing, and left in the audit " + entries);
			}
			return;
		}
		if (entries.size() != 1) {
			throw new AssertionError(exchange + " left not one entry in the audit but " + entries);
		}
		AuditRecorded entry = entries.getFirst();
		if (!entry.action().equals(operation.method() + " " + operation.path())
				|| !entry.outcome().name().equals(expected)) {
			throw new AssertionError(exchange + " is " + expected + " " + operation + ", and left " + entry);
		}
		if (expected.equals("DONE")) {
			AuditedOperations.add(operation);
		}
	}

	/** Of the log, and of the audit itself, where that is kept. */
	private List<AuditRecorded> entries(String correlationId) {
		JdbcClient client = this.jdbc.getObject();
		List<AuditRecorded> entries = new ArrayList<>(logged(client, correlationId));
		boolean kept = !client.sql(
				"SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'audit_entry'")
			.query()
			.listOfRows()
			.isEmpty();
		if (kept) {
			entries.addAll(client
				.sql("SELECT audit_id, actor_kind, actor, action, outcome FROM audit_entry WHERE correlation_id = ?")
				.param(correlationId)
				.query((row, number) -> new AuditRecorded(row.getString(1),
						new AuditRecorded.Actor(AuditRecorded.Actor.Kind.valueOf(row.getString(2)), row.getString(3),
								null, null),
						row.getString(4), AuditRecorded.Outcome.valueOf(row.getString(5)), List.of()))
				.list());
		}
		return entries;
	}

	private static List<AuditRecorded> logged(JdbcClient client, String correlationId) {
		return client.sql("SELECT data FROM event_log WHERE type = ? AND correlation_id = ?")
			.params(AuditRecorded.TYPE, correlationId)
			.query(String.class)
			.list()
			.stream()
			.map((data) -> JsonMapper.shared().readValue(data, AuditRecorded.class))
			.toList();
	}

	private static void sleep() {
		try {
			Thread.sleep(20);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
