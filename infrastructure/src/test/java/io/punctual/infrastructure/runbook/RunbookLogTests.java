package io.punctual.infrastructure.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The runbooks' queries of logs ask for fields that the lines of those groups have, and
 * for messages that the services write.
 */
class RunbookLogTests {

	/**
	 * Of each kind of log group, what tells the fields of its lines.
	 */
	private static final Map<Pattern, List<Path>> FIELDS_OF = Map.of(Pattern.compile("/punctual/gateway"),
			List.of(Path.of("../gateway-config/settings.yaml")), Pattern.compile("/aws/lambda/punctual-canary.*"),
			List.of(Path.of("src/main/resources/canary/canary.mjs"), Path.of("src/main/resources/canary/index.mjs")));

	/**
	 * What Boot's form of ECS has (a test beside the metric filters writes such a line),
	 * and what the services put there: see the README of services/aws.
	 */
	private static final Set<String> OF_SERVICES = Set.of("log.level", "log.logger", "message", "service.name",
			"error.type", "error.message", "error.stack_trace", "correlationId", "audit.id", "audit.actor",
			"audit.action", "audit.outcome");

	/**
	 * @see <a href=
	 * "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html">Contents
	 * of CloudTrail's records</a>
	 */
	private static final Set<String> OF_CLOUDTRAIL = Set.of("eventName", "eventSource", "eventType", "eventID",
			"awsRegion", "sourceIPAddress", "userAgent", "errorCode", "errorMessage", "userIdentity.arn",
			"userIdentity.type", "userIdentity.sessionContext.sessionIssuer.userName", "additionalEventData.MFAUsed");

	private static final Set<String> WORDS = Set.of("fields", "filter", "sort", "limit", "stats", "by", "as", "and",
			"or", "not", "in", "like", "asc", "desc", "count", "min", "max", "ispresent", "d");

	/**
	 * A call of a logger, up to a place in one of its texts.
	 */
	private static final String WRITTEN = "logger\\s*\\.(?:error|warn|info)\\((?:[^;\"]|\"[^\"]*\")*\"[^\"]*";

	private static final Pattern FIELD = Pattern.compile("(?<![@\\w.])[a-zA-Z][\\w.]*");

	/**
	 * A query and the page that has it.
	 */
	private record Query(String runbook, List<String> groups, String text) {

		/**
		 * What it names that is neither a word of the language, nor a value, nor named by
		 * itself.
		 */
		Set<String> fields() {
			String bare = this.text.replaceAll("\"[^\"]*\"|'[^']*'|/(?:[^/\\\\]|\\\\.)*/", "");
			Set<String> own = new TreeSet<>();
			Pattern.compile("\\bas (\\w+)").matcher(bare).results().forEach((found) -> own.add(found.group(1)));
			Set<String> fields = new TreeSet<>();
			FIELD.matcher(bare).results().forEach((found) -> fields.add(found.group()));
			fields.removeAll(WORDS);
			fields.removeAll(own);
			return fields;
		}

		Stream<String> messages() {
			return Pattern.compile("message like /([^/]+)/")
				.matcher(this.text)
				.results()
				.flatMap((found) -> Arrays.stream(found.group(1).split("\\|")));
		}

	}

	private static List<Query> queries() {
		return Runbook.all()
			.stream()
			.flatMap((runbook) -> Pattern.compile("(?ms)^ *```logs\\n *# ([^\\n]+)\\n(.*?)^ *```$")
				.matcher(runbook.text())
				.results()
				.map((found) -> new Query(runbook.name(), List.of(found.group(1).split(", ")), found.group(2))))
			.toList();
	}

	@Test
	void everyQuerySaysFirstWhichGroupsItIsFor() {
		assertThat(queries()).hasSizeGreaterThan(40);
		assertThat(Runbook.all()).allSatisfy((runbook) -> assertThat(
				queries().stream().filter((query) -> query.runbook().equals(runbook.name())).count())
			.as(runbook.name())
			.isEqualTo(Pattern.compile("(?m)^fields ")
				.matcher(runbook.text().replaceAll("(?m)^ +", ""))
				.results()
				.count()));
	}

	@TestFactory
	Stream<DynamicTest> queriesAskForFieldsThatTheLinesHave() {
		return queries().stream()
			.map((query) -> DynamicTest.dynamicTest(query.runbook(), () -> assertThat(query.fields())
				.allSatisfy((field) -> assertThat(query.groups())
					.allSatisfy((group) -> assertThat(isFieldOf(group, field)).as(group + ": " + field).isTrue()))));
	}

	private static boolean isFieldOf(String group, String field) {
		for (Map.Entry<Pattern, List<Path>> kind : FIELDS_OF.entrySet()) {
			if (kind.getKey().matcher(group).matches()) {
				Pattern named = Pattern.compile("\"" + field + "\":|\\b" + field + "\\b");
				return kind.getValue().stream().anyMatch((file) -> named.matcher(read(file)).find());
			}
		}
		return (group.equals("/punctual/audit") ? OF_CLOUDTRAIL : OF_SERVICES).contains(field);
	}

	@TestFactory
	Stream<DynamicTest> messagesAreWrittenByAService() {
		String sources = sources();
		return queries().stream()
			.filter((query) -> !query.groups().contains("/punctual/audit"))
			.flatMap((query) -> query.messages()
				.map((message) -> DynamicTest.dynamicTest(query.runbook() + ": " + message,
						() -> assertThat(Pattern.compile(WRITTEN + Pattern.quote(message)).matcher(sources).find())
							.isTrue())));
	}

	private static String sources() {
		StringBuilder all = new StringBuilder();
		for (String module : List.of("clients", "notices", "delivery", "sla", "shared", "aws")) {
			try (Stream<Path> files = Files.walk(Path.of("../services", module, "src/main/java"))) {
				files.filter((file) -> file.toString().endsWith(".java")).forEach((file) -> all.append(read(file)));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return all.toString();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
