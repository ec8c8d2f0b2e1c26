package io.punctual.infrastructure.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.punctual.infrastructure.settings.Fleet.Tasks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The database has a connection for everybody who may want one at the same time.
 */
class ConnectionsTests {

	/** While a release is being deployed: blue and green, each as large as it may be. */
	private static final int FLEETS = 2;

	/** A migrate task has no pool: Flyway's two connections, and the setup's own. */
	private static final int MIGRATING = 3;

	/** The operators' clients, and RDS's own. */
	private static final int OTHERS = 15;

	/**
	 * Of the class's memory RDS leaves out what its own processes take; it does not say
	 * how much that is.
	 */
	private static final double LEFT_OF_MEMORY = 0.9;

	static Stream<Environment> environments() {
		return Stream.of(Environment.staging(), Environment.production());
	}

	@ParameterizedTest
	@MethodSource("environments")
	void allTasksOfTwoReleasesFindRoomForTheirPools(Environment environment) {
		List<Service> services = Arrays.asList(Service.values());
		int tasks = services.stream().map(environment.fleet()::of).mapToInt(Tasks::most).sum();
		int wanted = FLEETS * tasks * pool() + services.size() * MIGRATING + OTHERS;
		assertThat(wanted).as(environment.name())
			.isLessThan((int) (LEFT_OF_MEMORY * environment.database().connections()));
	}

	/** What a task is told comes before the file that the pool's size is read from. */
	@Test
	void noTaskHasAPoolOfAnotherSize() throws IOException {
		for (String file : List.of("taskdef.json", "release/services.json")) {
			assertThat(Files.readString(Repository.file(file))).as(file).doesNotContainIgnoringCase("hikari");
		}
	}

	/** As a service with the profile {@code aws} finds it. */
	private static int pool() {
		return Stream
			.of("services/aws/src/main/resources/application-aws.yaml",
					"services/shared/src/main/resources/punctual-defaults.yaml")
			.flatMap((file) -> pool(file).stream())
			.findFirst()
			.orElseThrow();
	}

	private static Optional<Integer> pool(String file) {
		try {
			@Nullable Object found = new Yaml().load(Files.readString(Repository.file(file)));
			for (String key : List.of("spring", "datasource", "hikari", "maximum-pool-size")) {
				found = (found instanceof Map<?, ?> map) ? map.get(key) : null;
			}
			return Optional.ofNullable((Integer) found);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
