package io.punctual.local.edge.imported;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.punctual.local.edge.document.DocumentReader;
import io.punctual.local.edge.document.Source;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is left out of the imported document, and what the lint finds in one.
 */
class ImportLintTests {

	private static final String OPERATION = """
			openapi: 3.0.3
			info: {title: t, version: "1"}
			servers: [{url: "http://localhost"}]
			paths:
			  /a/{id}:
			    get:
			      security: []
			      parameters: [{$ref: "#/components/parameters/Id"}]
			      x-amazon-apigateway-integration:
			        type: HTTP_PROXY
			        httpMethod: GET
			        uri: https://a.example/{id}
			        cacheKeyParameters: [method.request.path.id]
			        requestParameters: {integration.request.path.id: method.request.path.id}
			components:
			  parameters:
			    Id: {name: id, in: path, required: true, example: 1, schema: {type: string, default: a}}
			  schemas:
			    Thing:
			      type: object
			      properties:
			        example: {type: integer, format: int64, example: 5, default: 3, nullable: true}
			        default: {type: string, readOnly: true}
			""";

	@Test
	void leavesOutWhatOnlyPeopleRead() {
		Map<String, Object> document = ImportedDocument.of(Source.of("a.yaml", OPERATION));
		String json = new JsonMapper().writeValueAsString(document);
		assertThat(json).doesNotContain("servers", "int64", "readOnly", "nullable", "\"example\":5", "\"default\":3")
			.contains("\"example\":{", "\"default\":{", "\"name\":\"id\"");
		assertThat(ImportLint.check(document)).isEmpty();
	}

	@Test
	void derivesADocumentThatTheEdgeReadsTheSame() {
		Source authored = Source.of(Path.of("src/test/resources/bookshop.yaml"));
		String derived = new JsonMapper().writeValueAsString(ImportedDocument.of(authored));
		assertThat(DocumentReader.read(Source.of("derived.json", derived)).operations())
			.hasSameSizeAs(DocumentReader.read(authored).operations());
	}

	@Test
	void findsWhatTheImporterRejectsOrIgnores() {
		assertThat(lint(OPERATION.replace("/a/{id}:", "/a/{id}.ics:"))).contains("whole segment");
		assertThat(lint(OPERATION.replace("      security: []\n", ""))).contains("security");
		assertThat(lint(OPERATION.replace("[method.request.path.id]", "[method.request.header.Authorization]")))
			.contains("is no parameter");
		assertThat(lint(OPERATION.replace("    Thing:", "    The_Thing:"))).contains("alphanumeric");
		assertThat(lint(OPERATION.replace("paths:\n", "paths:\n  /a/{other}/b: {}\n"))).contains("same position");
		assertThat(lint(OPERATION.replace("servers:", "x-amazon-apigateway-cors: {}\nservers:"))).contains("ignored");
		assertThat(lint(OPERATION + "  securitySchemes: {login: {type: http}}\n")).contains("apiKey");
		assertThat(lint(OPERATION.replace("type: HTTP_PROXY", "type: HTTP_PROXY\n        connectionType: VPC_LINK")))
			.contains("connectionId", "integrationTarget");
	}

	private static String lint(String document) {
		List<String> found = ImportLint.check(ImportedDocument.of(Source.of("a.yaml", document)));
		return String.join("\n", found);
	}

}
