package io.punctual.local.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.punctual.local.edge.TestEdge.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the stage says of its cache beside what is kept: who may refresh it, for how long,
 * and what is too large for it.
 */
class CachePolicyTests {

	private static final String RULE = "ResourcePath: \"/cached/{id}\", HttpMethod: GET, CachingEnabled: true";

	private static final String REFRESH = "Cache-Control: max-age=0";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	private Shop shop;

	@BeforeEach
	void start() throws IOException {
		this.shop = new Shop();
	}

	@AfterEach
	void stop() {
		this.shop.close();
	}

	@Test
	void anyoneMayRefreshForAllWhereNoPermissionIsAsked() throws IOException {
		try (TestEdge edge = edge("RequireAuthorizationForCacheControl: false")) {
			String first = edge.get("/cached/1").body();
			Reply fresh = edge.get("/cached/1", REFRESH);
			assertThat(fresh.body()).isNotEqualTo(first);
			assertThat(fresh.header("Warning")).isNull();
			assertThat(edge.get("/cached/1").body()).isEqualTo(fresh.body());
		}
	}

	@Test
	void aRefreshThatIsNotAllowedCanBeIgnoredWithoutAWord() throws IOException {
		try (TestEdge edge = edge("UnauthorizedCacheControlHeaderStrategy: SUCCEED_WITHOUT_RESPONSE_HEADER")) {
			String first = edge.get("/cached/1").body();
			Reply ignored = edge.get("/cached/1", REFRESH);
			assertThat(ignored.body()).isEqualTo(first);
			assertThat(ignored.header("Warning")).isNull();
		}
	}

	@Test
	void aTimeToLiveOfNothingIsNoCache() throws IOException {
		try (TestEdge edge = edge("CacheTtlInSeconds: 0")) {
			assertThat(edge.get("/cached/1").body()).isNotEqualTo(edge.get("/cached/1").body());
		}
	}

	@Test
	void anAnswerOverAMebibyteIsNotKept() throws IOException {
		try (TestEdge edge = edge("CacheTtlInSeconds: 60")) {
			assertThat(edge.get("/cached/large").body().strip()).isNotEqualTo(edge.get("/cached/large").body().strip());
			assertThat(edge.get("/cached/1").body()).isEqualTo(edge.get("/cached/1").body());
		}
	}

	private TestEdge edge(String more) throws IOException {
		String settings = Files.readString(Path.of("src/test/resources/bookshop-settings.yaml"));
		String changed = settings.replace("{" + RULE + ", CacheTtlInSeconds: 60}", "{" + RULE + ", " + more + "}");
		assertThat(changed).contains(more);
		Path file = Files.writeString(this.folder.resolve("settings.yaml"), changed);
		return new TestEdge("src/test/resources/bookshop.yaml", file.toString(), "http://localhost:1",
				Map.of("shop", this.shop.url()));
	}

}
