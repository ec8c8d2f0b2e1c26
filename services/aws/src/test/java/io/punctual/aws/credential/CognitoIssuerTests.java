package io.punctual.aws.credential;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.punctual.aws.AwsConfigurations;
import io.punctual.shared.credential.CredentialIssuer;
import io.punctual.shared.credential.CredentialIssuer.Issued;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.testing.HttpStandIn;
import io.punctual.testing.HttpStandIn.Answer;
import io.punctual.testing.HttpStandIn.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link CognitoIssuer} with a server that stands in for Cognito and API Gateway
 * and keeps what they would keep.
 */
class CognitoIssuerTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Map<String, JsonNode> appClients = new ConcurrentHashMap<>();

	private final Map<String, String> keyNames = new ConcurrentHashMap<>();

	private final Map<String, String> plans = new ConcurrentHashMap<>();

	private final AtomicInteger numbers = new AtomicInteger();

	private final HttpStandIn aws = new HttpStandIn(this::answer);

	@AfterEach
	void close() {
		this.aws.close();
	}

	@Test
	void anAppClientAndAKeyUnderThePlanOfClientsAreIssuedTogether() {
		run((issuer) -> {
			Issued issued = issuer.issue("Ünï's reader #1");
			assertThat(issued.clientSecret()).isEqualTo("secret-of-" + issued.clientId());
			assertThat(issued.apiKey()).hasSizeBetween(20, 128);
			JsonNode client = Objects.requireNonNull(this.appClients.get(issued.clientId()));
			assertThat(client.get("AllowedOAuthFlows").toString()).isEqualTo("[\"client_credentials\"]");
			assertThat(client.get("AllowedOAuthScopes").toString()).isEqualTo("[\"punctual/client\"]");
			assertThat(client.get("AllowedOAuthFlowsUserPoolClient").asBoolean()).isTrue();
			assertThat(client.get("GenerateSecret").asBoolean()).isTrue();
			assertThat(client.get("UserPoolId").asString()).isEqualTo("eu-west-1_pool");
			assertThat(client.get("ClientName").asString()).matches("[\\w\\s+=,.@-]{1,128}").contains("s reader -1");
			assertThat(this.plans).containsEntry(issued.apiKeyId(), "plan-1");
		});
	}

	@Test
	void twoAreValidAtOnceAndEachIsWithdrawnAlone() {
		run((issuer) -> {
			Issued first = issuer.issue("reader");
			Issued second = issuer.issue("reader");
			issuer.withdraw(first.clientId(), first.apiKeyId());
			assertThat(this.appClients).containsOnlyKeys(second.clientId());
			assertThat(this.keyNames).containsOnlyKeys(second.apiKeyId());
			issuer.withdraw(first.clientId(), first.apiKeyId());
			issuer.withdraw("never-was", "never-was-either");
			issuer.withdraw(second.clientId(), null);
			assertThat(this.appClients).isEmpty();
		});
	}

	@Test
	void throttlingIsWaitedFor() {
		AtomicInteger refusals = new AtomicInteger(2);
		this.aws.answering((request) -> (isCognito(request) && refusals.getAndDecrement() > 0)
				? Answer.json(400, "{\"__type\":\"TooManyRequestsException\"}") : answer(request));
		run((issuer) -> assertThat(issuer.issue("reader").clientId()).isNotBlank());
		assertThat(this.appClients).hasSize(1);
	}

	@Test
	void aPoolThatIsFullIsAClearProblem() {
		this.aws.answering((request) -> isCreation(request)
				? Answer.json(400, "{\"__type\":\"LimitExceededException\",\"message\":\"1000 is enough\"}")
				: answer(request));
		run((issuer) -> assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> issuer.issue("reader"))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.CONFLICT))
			.withMessageContaining("quota"));
	}

	@Test
	void withoutAKeyThereIsNoAppClientEither() {
		this.aws.answering((request) -> request.path().endsWith("/keys") ? Answer.json(500, "{}") : answer(request));
		run((issuer) -> assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> issuer.issue("reader"))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE)));
		assertThat(this.appClients).isEmpty();
		assertThat(this.keyNames).isEmpty();
	}

	@Test
	void whatALostAnswerLeftBehindIsTakenAway() {
		this.aws.answering((request) -> {
			Answer made = answer(request);
			return isCreation(request) ? Answer.json(500, "{\"__type\":\"InternalErrorException\"}") : made;
		});
		run((issuer) -> assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> issuer.issue("reader"))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE)));
		assertThat(this.aws.requests().stream().filter(CognitoIssuerTests::isCreation).count()).isPositive();
		assertThat(this.appClients).isEmpty();
	}

	@Test
	void anIssuerThatIsAwayIsSaidToBe() {
		this.aws.answering((request) -> Answer.json(503, "{}"));
		run((issuer) -> {
			assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> issuer.issue("reader"))
				.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
			assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> issuer.withdraw("any", "any"));
		});
	}

	private void run(Consumer<CredentialIssuer> test) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AwsConfigurations.with(CognitoAutoConfiguration.class)))
			.withPropertyValues("punctual.cognito.user-pool-id=eu-west-1_pool", "punctual.api.usage-plan-id=plan-1",
					"punctual.aws.region=eu-west-1", "punctual.aws.timeout=5s",
					"punctual.aws.endpoint=" + this.aws.url())
			.withSystemProperties("aws.accessKeyId=test", "aws.secretAccessKey=test")
			.run((context) -> test.accept(context.getBean(CredentialIssuer.class)));
	}

	private static boolean isCognito(Request request) {
		return request.header("X-Amz-Target") != null;
	}

	private static boolean isCreation(Request request) {
		return String.valueOf(request.header("X-Amz-Target")).endsWith("CreateUserPoolClient");
	}

	private Answer answer(Request request) {
		@Nullable JsonNode body = (request.body().length > 0) ? JSON.readTree(request.body()) : null;
		String target = request.header("X-Amz-Target");
		return (target != null && body != null) ? cognito(target.substring(target.indexOf('.') + 1), body)
				: gateway(request, body);
	}

	private Answer cognito(String operation, JsonNode body) {
		switch (operation) {
			case "CreateUserPoolClient" -> {
				String id = "app" + this.numbers.incrementAndGet();
				this.appClients.put(id, body);
				return Answer.json(200,
						"{\"UserPoolClient\":{\"ClientId\":\"" + id + "\",\"ClientSecret\":\"secret-of-" + id + "\"}}");
			}
			case "DeleteUserPoolClient" -> {
				return (this.appClients.remove(body.get("ClientId").asString()) != null) ? Answer.json(200, "{}")
						: Answer.json(400, "{\"__type\":\"ResourceNotFoundException\"}");
			}
			default -> {
				StringBuilder list = new StringBuilder();
				this.appClients.forEach((id, client) -> list.append((list.isEmpty()) ? "" : ",")
					.append("{\"ClientId\":\"" + id + "\",\"ClientName\":" + client.get("ClientName") + "}"));
				return Answer.json(200, "{\"UserPoolClients\":[" + list + "]}");
			}
		}
	}

	private Answer gateway(Request request, @Nullable JsonNode body) {
		String[] path = request.path().split("/");
		if (request.method().equals("POST") && path[1].equals("apikeys") && body != null) {
			String id = "key" + this.numbers.incrementAndGet();
			this.keyNames.put(id, body.get("name").asString());
			return Answer.json(201, "{\"id\":\"" + id + "\",\"value\":\"" + "v".repeat(40) + "\"}");
		}
		if (request.method().equals("POST") && body != null) {
			this.plans.put(body.get("keyId").asString(), path[2]);
			return Answer.json(201, "{}");
		}
		if (request.method().equals("GET")) {
			StringBuilder list = new StringBuilder();
			this.keyNames.forEach((id, name) -> list.append((list.isEmpty()) ? "" : ",")
				.append("{\"id\":\"" + id + "\",\"name\":\"" + name + "\"}"));
			return Answer.json(200, "{\"item\":[" + list + "]}");
		}
		if (!this.keyNames.containsKey(path[2])) {
			return new Answer(404, Map.of("x-amzn-ErrorType", "NotFoundException", "Content-Type", "application/json"),
					"{}".getBytes(StandardCharsets.UTF_8));
		}
		assertThat(request.method()).isEqualTo("DELETE");
		this.keyNames.remove(path[2]);
		return Answer.json(202, "{}");
	}

}
