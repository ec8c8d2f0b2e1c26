package io.punctual.local.edge.imported;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.punctual.local.edge.document.DocumentReader;
import io.punctual.local.edge.document.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
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
			        default: {type: string, readOnly: true, enum: [a], x-extensible: true}
			""";

	@Test
	void leavesOutWhatOnlyPeopleRead() {
		Map<String, Object> document = ImportedDocument.of(Source.of("a.yaml", OPERATION));
		String json = new JsonMapper().writeValueAsString(document);
		assertThat(json)
			.doesNotContain("servers", "int64", "readOnly", "nullable", "extensible", "\"example\":5", "\"default\":3")
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

	@ParameterizedTest
	@ValueSource(strings = { "\"discriminator\":{\"propertyName\":\"a\"}", "\"readOnly\":true", "\"default\":1",
			"\"example\":1", "\"exclusiveMinimum\":1", "\"nullable\":true", "\"x-extensible\":true",
			"\"format\":\"int32\"", "\"format\":\"int64\"" })
	void findsEachKeywordThatAModelMayNotHave(String keyword) {
		String name = keyword.substring(1, keyword.indexOf('"', 1));
		for (String schema : List.of("{%s}", "{\"properties\":{\"a\":{%s}}}", "{\"items\":{%s}}",
				"{\"allOf\":[{%s}]}")) {
			assertThat(found("{\"components\":{\"schemas\":{\"Thing\":" + schema.formatted(keyword) + "}}}"))
				.contains("has " + name + ", which a model may not have");
		}
	}

	@Test
	void findsTooManyResourcesAndTooLargeADocument() {
		String paths = IntStream.range(0, 300).mapToObj((i) -> "\"/p" + i + "\":{}").collect(Collectors.joining(","));
		assertThat(found("{\"paths\":{" + paths + "}}")).isEmpty();
		assertThat(found("{\"paths\":{" + paths + ",\"/p0/a\":{}}}")).contains("301 resources");
		String large = "{\"info\":{\"description\":\"%s\"}}";
		assertThat(found(large.formatted("é".repeat(2 * 1024 * 1024)))).isEmpty();
		assertThat(found(large.formatted("é".repeat(3 * 1024 * 1024)))).contains("larger than 6 MB");
	}

	@Test
	void findsWhatHasToBeEncodedAndWhatIsIgnored() {
		assertThat(found("{\"paths\":{\"/a|b\":{}}}")).contains("| must be encoded");
		for (String name : List.of("cors", "integrations", "importexport-version", "tag-value")) {
			assertThat(found("{\"paths\":{\"/a\":{\"x-amazon-apigateway-" + name + "\":{}}}}")).contains("ignored");
		}
	}

	@Test
	void findsAnOperationWithoutIntegrationOrPathParameters() {
		assertThat(lint(OPERATION.replace("parameters: [{$ref: \"#/components/parameters/Id\"}]", "parameters: []")))
			.contains("does not declare id");
		assertThat(lint(OPERATION.replace("integration.request.path.id:", "integration.request.header.id:")))
			.contains("does not map id");
		assertThat(found("{\"paths\":{\"/a\":{\"get\":{\"security\":[]}}}}")).contains("has no integration");
	}

	@Test
	void derivesTheSameBytesEachTime(@TempDir Path folder) throws IOException {
		Source document = Source.of(Path.of("../../gateway-config/openapi.yaml"));
		ImportedDocument.write(document, folder.resolve("a/one.json"));
		ImportedDocument.write(Source.of(Path.of("../../gateway-config/openapi.yaml")), folder.resolve("b/two.json"));
		assertThat(folder.resolve("a/one.json")).hasSameBinaryContentAs(folder.resolve("b/two.json"));
	}

	private static String found(String json) {
		return String.join("\n", ImportLint.check(new JsonMapper().readValue(json, new TypeReference<>() {
		})));
	}

	private static String lint(String document) {
		List<String> found = ImportLint.check(ImportedDocument.of(Source.of("a.yaml", document)));
		return String.join("\n", found);
	}

}
