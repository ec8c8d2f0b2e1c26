package io.punctual.release.hook;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How the watcher, outside of the network, has the gate closed.
 */
class WatcherHandlerTests {

	private final List<String> asked = new ArrayList<>();

	@Test
	void tellsTheGatesFunctionWhichReleaseOfWhichServiceIsToWorkNoMore() {
		WatcherHandler.reject(answering(null), "punctual-release-gate", "sla", "4f2c");
		assertThat(this.asked).singleElement()
			.asString()
			.contains("punctual-release-gate", "\"service\":\"sla\"", "\"release\":\"4f2c\"");
	}

	@Test
	void failsWhereTheGatesFunctionDidSoThatItIsToldAgain() {
		assertThatIllegalStateException()
			.isThrownBy(() -> WatcherHandler.reject(answering("Unhandled"), "punctual-release-gate", "sla", "4f2c"))
			.withMessageContaining("the gate was not closed");
	}

	private LambdaClient answering(@Nullable String functionError) {
		return new LambdaClient() {

			@Override
			public InvokeResponse invoke(InvokeRequest request) {
				WatcherHandlerTests.this.asked.add(request.functionName() + request.payload().asUtf8String());
				return InvokeResponse.builder()
					.statusCode(200)
					.functionError(functionError)
					.payload(SdkBytes.fromUtf8String("{}"))
					.build();
			}

			@Override
			public String serviceName() {
				return "lambda";
			}

			@Override
			public void close() {
			}

		};
	}

}
