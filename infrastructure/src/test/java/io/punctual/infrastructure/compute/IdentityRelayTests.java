package io.punctual.infrastructure.compute;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.punctual.infrastructure.support.NeedsNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the function of {@link IdentityRelay}, which runs here as it does there.
 */
@NeedsNode
class IdentityRelayTests {

	private static final String CALL = """
			process.env.TOKEN_URI = 'https://issuer/token';
			process.env.JWKS_URI = 'https://issuer/keys';
			const asked = [];
			globalThis.fetch = async (url, options) => {
				asked.push([url, options.method, options.headers, String(options.body || '')]);
				if (url.endsWith('/keys')) throw new Error('away');
				return {status: 200, headers: new Headers({'content-type': 'application/json'}), text: async () => '{}'};
			};
			exports.handler(%s).then((answer) => console.log(JSON.stringify({asked, answer})));
			""";

	@Test
	void passesATokenRequestOnWithWhoAsks() throws Exception {
		assertThat(call("{httpMethod: 'POST', path: '/oauth2/token', headers: {authorization: 'Basic x', host: 'h'}, "
				+ "body: 'Z3JhbnQ=', isBase64Encoded: true}"))
			.contains("[\"https://issuer/token\",\"POST\",{\"authorization\":\"Basic x\"},\"grant\"]",
					"\"statusCode\":200");
	}

	@Test
	void asksNobodyForAnythingElse() throws Exception {
		assertThat(call("{httpMethod: 'GET', path: '/oauth2/token'}")).contains("\"asked\":[]", "\"statusCode\":404");
		assertThat(call("{httpMethod: 'GET', path: '/login'}")).contains("\"asked\":[]", "\"statusCode\":404");
	}

	@Test
	void saysThatTheIssuerIsAway() throws Exception {
		assertThat(call("{httpMethod: 'GET', path: '/oauth2/jwks'}")).contains("\"statusCode\":503");
	}

	private static String call(String event) throws Exception {
		Process node = new ProcessBuilder("node", "--input-type=commonjs", "-e",
				IdentityRelay.source() + CALL.formatted(event))
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		String answer = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return answer;
	}

}
