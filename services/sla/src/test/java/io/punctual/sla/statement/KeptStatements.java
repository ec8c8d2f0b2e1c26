package io.punctual.sla.statement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.punctual.shared.id.Ids;
import io.punctual.sla.Answers;
import io.punctual.sla.Said;
import io.punctual.testing.Api;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Statements as somebody has them who fetched and kept them, and verifies them without
 * us.
 */
final class KeptStatements {

	static final JsonMapper JSON = new JsonMapper();

	private final Api api;

	private final Path folder;

	/**
	 * Keep statements.
	 * @param folder where the files are
	 */
	KeptStatements(Api api, Path folder) {
		this.api = api;
		this.folder = folder;
	}

	/** All statements of a client, the oldest first. */
	List<JsonNode> of(Said said) {
		return Answers.get(this.api.provider(), "/v1/clients/" + said.clientId() + "/statements")
			.get("items")
			.valueStream()
			.map((item) -> Answers.get(this.api.provider(), "/v1/statements/" + item.get("statementId").asString()))
			.toList()
			.reversed();
	}

	/** What the provider is answered who has a month closed. */
	JsonNode close(Said said, String period, int status) {
		return Answers.of(this.api.provider()
			.post()
			.uri("/v1/clients/" + said.clientId() + "/statements")
			.header("Idempotency-Key", Ids.next("key"))
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("period", period)), status);
	}

	/** What the tool ends with for statements, by the keys that the service has. */
	int verify(List<JsonNode> statements) throws IOException {
		return verify(Answers.get(this.api.provider(), "/v1/statement-keys"), statements);
	}

	/** The same by other keys. */
	int verify(JsonNode keys, List<JsonNode> statements) throws IOException {
		List<String> args = new ArrayList<>(List.of(VerifyMode.ARGUMENT));
		args.add("--keys=" + Files.write(this.folder.resolve("keys.json"), JSON.writeValueAsBytes(keys)));
		for (int i = 0; i < statements.size(); i++) {
			args.add(Files.write(this.folder.resolve(i + ".json"), JSON.writeValueAsBytes(statements.get(i)))
				.toString());
		}
		return VerifyMode.run(args.toArray(String[]::new));
	}

	/** A document that was changed does not come out any more, and it is said how. */
	static void comesOutOtherwise(JsonNode document, String how, Consumer<JsonNode> change) {
		JsonNode changed = document.deepCopy();
		change.accept(changed);
		assertThatExceptionOfType(StatementFault.class)
			.isThrownBy(() -> Recomputation.of(CanonicalJson.as(changed, Statement.class)))
			.withMessageContaining(how);
	}

	static ObjectNode at(JsonNode document, String where) {
		return (ObjectNode) document.at(where);
	}

}
