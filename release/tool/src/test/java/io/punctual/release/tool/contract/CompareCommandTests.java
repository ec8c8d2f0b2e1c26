package io.punctual.release.tool.contract;

import java.nio.file.Path;
import java.util.List;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;
import io.punctual.release.tool.ReleaseException;
import io.punctual.release.tool.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which changes of the API's document break a caller.
 */
class CompareCommandTests {

	private static final String DOCUMENT = """
			openapi: 3.0.3
			info: {title: Sample, version: "1"}
			paths:
			  /v1/things:
			    get:
			      parameters:
			        - {name: limit, in: query, required: false, schema: {type: integer}}
			        - {name: sort, in: query, schema: {type: string, enum: [OLDEST, NEWEST]}}
			      responses:
			        "200":
			          description: Things
			          content:
			            application/json:
			              schema: {$ref: "#/components/schemas/Thing"}
			    post:
			      requestBody:
			        content:
			          application/json:
			            schema: {$ref: "#/components/schemas/NewThing"}
			      responses:
			        "201": {description: Made}
			components:
			  schemas:
			    Thing:
			      type: object
			      required: [id]
			      properties:
			        id: {type: string}
			        size: {type: integer}
			        colour: {$ref: "#/components/schemas/Colour"}
			        states: {type: array, items: {type: string, enum: [WET, DRY]}}
			    Colour: {type: string, enum: [RED, BLUE], x-extensible: true}
			    NewThing:
			      type: object
			      properties:
			        size: {type: integer}
			        colour: {$ref: "#/components/schemas/Colour"}
			        shape: {type: string, enum: [ROUND, FLAT], x-extensible: true}
			""";

	@TempDir
	private Path folder;

	private boolean passes(String from, String to) {
		Path before = this.folder.resolve("before.yaml");
		Path after = this.folder.resolve("after.yaml");
		Documents.write(before, from);
		Documents.write(after, to);
		return new CompareCommand().run(Options.parse(List.of("--from", before.toString(), "--to", after.toString())));
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|',
			textBlock = """
					a new optional parameter        | required: false, schema: {type: integer}} | required: false, schema: {type: integer}}\\n        - {name: from, in: query, schema: {type: string}} | true
					a new member of an answer       | id: {type: string}  | id: {type: string}\\n        name: {type: string} | true
					a description                   | description: Things | description: All things | true
					an operation that is gone       | post:               | put:                    | false
					a parameter that becomes needed | required: false     | required: true          | false
					a member of another type        | id: {type: string}  | id: {type: integer}     | false
					an answer that is gone          | "200":              | "202":                  | false
					a value more in an open list of answers      | [RED, BLUE], x-extensible: true | [RED, BLUE, GREEN], x-extensible: true | true
					a value more, and the mark with it           | [WET, DRY]} | [WET, DRY, FROZEN], x-extensible: true} | false
					a value more in a closed list of answers     | [WET, DRY]} | [WET, DRY, FROZEN]} | false
					a list that is open from now on              | [WET, DRY]} | [WET, DRY], x-extensible: true} | true
					a value less in a closed list of answers     | [WET, DRY]} | [WET]} | false
					a value less in an open list                 | [RED, BLUE], x-extensible: true | [RED], x-extensible: true | false
					a value more in a parameter's list           | [OLDEST, NEWEST] | [OLDEST, NEWEST, BEST] | true
					a value less in a parameter's list           | [OLDEST, NEWEST] | [OLDEST] | false
					a value more in a request's list             | [ROUND, FLAT] | [ROUND, FLAT, LONG] | true
					a value less in a request's list, marked too | [ROUND, FLAT] | [ROUND] | false
					""")
	void tellsWhatBreaksACallerFromWhatDoesNot(String what, String old, String now, boolean passes) {
		assertThat(DOCUMENT).contains(old);
		assertThat(passes(DOCUMENT, DOCUMENT.replaceFirst(java.util.regex.Pattern.quote(old),
				java.util.regex.Matcher.quoteReplacement(now.replace("\\n", "\n")))))
			.isEqualTo(passes);
	}

	@Test
	void letsANewRequiredMemberOfARequestNotPass() {
		assertThat(passes(DOCUMENT, DOCUMENT.replace("    NewThing:\n      type: object\n",
				"    NewThing:\n      type: object\n      required: [size]\n")))
			.isFalse();
	}

	@Test
	void findsOurOwnDocumentUnchanged() {
		String own = Documents.text(Repository.file("gateway-config/openapi.yaml"));
		assertThat(passes(own, own)).isTrue();
	}

	/** As the notice periods came to the clocks' objectives. */
	@Test
	void letsWhatIsPromisedGrowButNotTheSeverities() {
		String own = Documents.text(Repository.file("gateway-config/openapi.yaml"));
		assertThat(own).contains("ACKNOWLEDGEMENT, NOTICE_PERIOD]", "[CRITICAL, MAJOR, MINOR]");
		assertThat(passes(own, own.replace("NOTICE_PERIOD]", "NOTICE_PERIOD, ANOTHER]"))).isTrue();
		assertThat(passes(own, own.replace("ACKNOWLEDGEMENT, NOTICE_PERIOD]", "ACKNOWLEDGEMENT]"))).isFalse();
		assertThat(passes(own, own.replace("[CRITICAL, MAJOR, MINOR]", "[CRITICAL, MAJOR, MINOR, NONE]"))).isFalse();
	}

	@Test
	void stopsWhenAnOperationOfOursGoes() {
		String own = Documents.text(Repository.file("gateway-config/openapi.yaml"));
		assertThat(own).contains("\n  /v1/feed:");
		assertThat(passes(own, own.replace("\n  /v1/feed:", "\n  /v1/feeds:"))).isFalse();
	}

	@Test
	void saysThatAFileIsMissing() {
		assertThatExceptionOfType(ReleaseException.class).isThrownBy(() -> new CompareCommand()
			.run(Options.parse(List.of("--from", "nowhere.yaml", "--to", "nowhere.yaml"))));
	}

}
