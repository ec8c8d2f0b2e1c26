package io.punctual.local.edge.target;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.punctual.local.database.FreePort;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * How traffic is shared between two pools, and how that is changed while it flows.
 */
class TargetsTests {

	private final Targets targets = Targets.of(Map.of(), Map.of("a", "http://localhost:9"));

	private final Pool blue = new Pool("blue", URI.create("http://localhost:1"), 90);

	private final Pool green = new Pool("green", URI.create("http://localhost:2"), 10);

	@Test
	void sharesByWeight() {
		this.targets.set("a", List.of(this.blue, this.green));
		int toGreen = 0;
		for (int i = 0; i < 10_000; i++) {
			toGreen += (next() == this.green) ? 1 : 0;
		}
		assertThat(toGreen).isBetween(850, 1_150);
	}

	@Test
	void sendsNothingNewToAPoolWithoutWeightAndLetsItFinish() {
		this.targets.set("a", List.of(this.blue));
		Pool before = next();
		this.targets.set("a", List.of(new Pool("blue", this.blue.url(), 0), this.green));
		assertThat(next()).isSameAs(this.green);
		Pool drained = Objects.requireNonNull(this.targets.all().get("a")).getFirst();
		assertThat(drained.inFlight()).isEqualTo(1);
		before.end();
		assertThat(drained.inFlight()).isZero();
	}

	@Test
	void sendsNothingToAPoolThatFailedTwoChecksUntilItPassesTwo() {
		this.targets.set("a", List.of(this.blue, this.green));
		this.blue.checked(false);
		assertThat(this.blue.isHealthy()).isTrue();
		this.blue.checked(false);
		for (int i = 0; i < 100; i++) {
			assertThat(next()).isSameAs(this.green);
		}
		this.blue.checked(true);
		this.blue.checked(true);
		assertThat(this.blue.isHealthy()).isTrue();
	}

	@Test
	void leavesAHostThatIsNotSetToItsOwnAddress() {
		assertThat(this.targets.next("b.example", 443)).isNull();
	}

	@Test
	void refusesMoreThanTwoPools() {
		assertThatThrownBy(() -> this.targets.set("a", List.of(this.blue, this.green, this.blue)))
			.isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void isChangedByTheAdminPort() throws Exception {
		int port = FreePort.find();
		try (AdminServer admin = new AdminServer(port, this.targets); HttpClient client = HttpClient.newHttpClient()) {
			admin.start();
			URI uri = URI.create("http://localhost:" + port + "/targets/a");
			String body = "[{\"name\":\"blue\",\"url\":\"http://localhost:7\",\"weight\":0},{\"name\":\"green\",\"url\":\"http://localhost:8\",\"weight\":100}]";
			HttpResponse<String> changed = client.send(
					HttpRequest.newBuilder(uri).PUT(HttpRequest.BodyPublishers.ofString(body)).build(),
					HttpResponse.BodyHandlers.ofString());
			assertThat(changed.statusCode()).isEqualTo(200);
			assertThat(next().url()).isEqualTo(URI.create("http://localhost:8"));
			HttpResponse<String> refused = client.send(
					HttpRequest.newBuilder(uri).PUT(HttpRequest.BodyPublishers.ofString("[]")).build(),
					HttpResponse.BodyHandlers.ofString());
			assertThat(refused.statusCode()).isEqualTo(400);
		}
	}

	@Test
	void theAdminPortIsNotOpenToTheNetwork() throws Exception {
		int port = FreePort.find();
		try (AdminServer admin = new AdminServer(port, this.targets)) {
			admin.start();
			// Whoever listens on all addresses has this one, too: it can be had.
			try (ServerSocket elsewhere = new ServerSocket()) {
				elsewhere.bind(new InetSocketAddress("127.0.0.2", port));
				assertThat(elsewhere.isBound()).isTrue();
			}
		}
	}

	private Pool next() {
		return Objects.requireNonNull(this.targets.next("a.example", 443));
	}

}
