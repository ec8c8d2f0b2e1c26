package io.punctual.testing.sample;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CorrelationTests extends SampleTest {

	@Test
	void takesTheIdOfTheEdge() {
		assertThat(correlated("X-Correlation-Id", "abc-123")).isEqualTo("abc-123");
	}

	@Test
	void takesTheRootOfTheTraceHeader() {
		assertThat(correlated("X-Amzn-Trace-Id", "Self=1-67891234-12456789abcdef012345678;Root=1-67891233-abcdef01"))
			.isEqualTo("1-67891233-abcdef01");
	}

	@Test
	void makesOneWhereThereIsNoneThatALogCanBear() {
		assertThat(correlated("X-Other", "x")).startsWith("cor_");
		assertThat(correlated("X-Correlation-Id", "two words")).startsWith("cor_");
		assertThat(correlated("X-Correlation-Id", "x".repeat(101))).startsWith("cor_");
		assertThat(correlated("X-Amzn-Trace-Id", "Root={\"a\":1}")).startsWith("cor_");
	}

	private String correlated(String name, String value) {
		return header(this.api.provider().get().uri("/v1/things").header(name, value).exchange(), "X-Correlation-Id");
	}

}
