package io.punctual.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One instance of a service, started as a process would start it: as many as a test
 * likes, on one schema.
 */
public final class Instance implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final HttpClient http = HttpClient.newHttpClient();

	private Instance(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts an instance.
	 * @param application the service's application class
	 * @param database the schema
	 * @param settings as {@code key=value}
	 * @return to be closed
	 */
	public static Instance start(Class<?> application, JdbcConnectionDetails database, String... settings) {
		return start(List.of(application), database, settings);
	}

	/**
	 * Starts an instance with parts that a test adds to it.
	 * @param classes the service's application class and further configuration
	 * @param database the schema
	 * @param settings as {@code key=value}
	 * @return to be closed
	 */
	public static Instance start(List<Class<?>> classes, JdbcConnectionDetails database, String... settings) {
		List<String> args = new ArrayList<>(List.of("--server.port=0",
				"--spring.datasource.url=" + database.getJdbcUrl(),
				"--spring.datasource.username=" + database.getUsername(),
				"--spring.datasource.password=" + database.getPassword(), "--spring.datasource.hikari.minimum-idle=1",
				"--punctual.identity.issuer=" + TestTokens.shared().issuer(),
				"--punctual.identity.client-id=test-service", "--punctual.identity.client-secret=test-secret",
				"--server.shutdown=immediate"));
		List<String> all = new ArrayList<>();
		Collections.addAll(all, settings);
		all.forEach((setting) -> args.add("--" + setting));
		return new Instance(
				new SpringApplicationBuilder(classes.toArray(Class<?>[]::new)).run(args.toArray(String[]::new)));
	}

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	/** GET with a token of the provider. */
	public HttpResponse<String> get(String path) {
		return send(request(path, TestTokens.shared().provider()).GET().build());
	}

	/** GET as another service. */
	public HttpResponse<String> getInternal(String path) {
		return send(request(path, TestTokens.shared().internal()).GET().build());
	}

	/** POST as another service. */
	public HttpResponse<String> postInternal(String path) {
		return send(request(path, TestTokens.shared().internal()).POST(BodyPublishers.noBody()).build());
	}

	/** Whether the instance says that it may have traffic. */
	public boolean isReady() {
		return get("/actuator/health/readiness").statusCode() == 200;
	}

	private HttpRequest.Builder request(String path, String token) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
			.header("Authorization", "Bearer " + token);
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.http.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
		this.http.shutdownNow();
	}

}
