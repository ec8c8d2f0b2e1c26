package io.punctual.infrastructure.observation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.punctual.infrastructure.support.FilterPattern;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lines that metric filters count are lines that the services write.
 */
@NeedsNode
class LogLineTests {

	@Test
	void fieldsAreThoseOfTheServicesLog() {
		JsonNode line = line(Level.ERROR, "The reader of notices has halted: unknown type");
		assertThat(line.at("/log/level").asString("")).isEqualTo("ERROR");
		assertThat(line.at("/message").asString("")).isEqualTo("The reader of notices has halted: unknown type");
		assertThat(line.at("/log/logger").asString("")).isEqualTo("io.punctual.Some");
	}

	@Test
	void everyMessageIsWrittenSomewhereInItsService() {
		assertThat(LogAlarms.lines()).filteredOn((line) -> !line.message().isEmpty())
			.isNotEmpty()
			.allSatisfy((line) -> {
				// What a wildcard in the middle of a pattern is worth, CloudWatch does
				// not
				// say.
				assertThat(line.message()).doesNotContain("*");
				Pattern message = Pattern.compile("error\\([^;]*\"[^;]*" + Pattern.quote(line.message()),
						Pattern.DOTALL);
				assertThat(sources(line.service().id()) + sources("shared")).as(line.toString())
					.containsPattern(message);
			});
	}

	@Test
	void aLineIsCountedByItsFilterAndAnOrdinaryOneByNone() {
		assertThat(LogAlarms.lines()).allSatisfy((counted) -> {
			String said = counted.message();
			assertThat(FilterPattern.matches(counted.pattern(), line(Level.ERROR, "In the night: " + said + ": why")))
				.as(counted.toString())
				.isTrue();
			assertThat(FilterPattern.matches(counted.pattern(), line(Level.WARN, said))).isFalse();
			assertThat(FilterPattern.matches(counted.pattern(), line(Level.ERROR, "The reader sleeps")))
				.isEqualTo(counted.message().isEmpty());
		});
	}

	private static String sources(String module) {
		try (var files = Files.walk(Path.of("../services", module, "src/main/java"))) {
			StringBuilder all = new StringBuilder();
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
				all.append(Files.readString(file));
			}
			return all.toString();
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	@Test
	void errorsOfEveryServiceAreCountedAndOneIsEnough() {
		Template stack = Synthesised.production().stack("Observation");
		String pattern = "{ ($.log.level = \"ERROR\") && ($.log.logger != \"org.hibernate.*\")"
				+ " && ($.log.logger != \"io.micrometer.*\") }";
		assertThat(stack.all("AWS::Logs::MetricFilter"))
			.filteredOn((filter) -> filter.text("FilterPattern").equals(pattern))
			.extracting((filter) -> filter.text("LogGroupName"))
			.containsExactlyInAnyOrder("/punctual/clients", "/punctual/notices", "/punctual/delivery", "/punctual/sla");
		assertThat(stack
			.only("AWS::CloudWatch::Alarm", (alarm) -> alarm.text("AlarmName").equals("punctual-errors-logged"))
			.at("Threshold")
			.asInt()).isZero();
	}

	@Test
	void whatALibraryTriesAgainIsNoErrorOfOurs() {
		String pattern = LogAlarms.lines().getFirst().pattern();
		assertThat(FilterPattern.matches(pattern, line("org.hibernate.orm.jdbc.error", Level.ERROR, "Deadlock found")))
			.isFalse();
		assertThat(FilterPattern.matches(pattern,
				line("io.micrometer.cloudwatch2.CloudWatchMeterRegistry", Level.ERROR, "error sending metric data.")))
			.isFalse();
		assertThat(FilterPattern.matches(pattern,
				line("org.springframework.scheduling.support", Level.ERROR, "Unexpected error occurred")))
			.isTrue();
	}

	private static JsonNode line(Level level, String message) {
		return line("io.punctual.Some", level, message);
	}

	private static JsonNode line(String logger, Level level, String message) {
		LoggerContext context = new LoggerContext();
		context.setMDCAdapter(new LogbackMDCAdapter());
		context.putObject(org.springframework.core.env.Environment.class.getName(), new MockEnvironment());
		StructuredLogEncoder encoder = new StructuredLogEncoder();
		encoder.setContext(context);
		encoder.setFormat("ecs");
		encoder.start();
		LoggingEvent event = new LoggingEvent("here", context.getLogger(logger), level, message, null, new Object[0]);
		return JsonMapper.builder().build().readTree(new String(encoder.encode(event), StandardCharsets.UTF_8));
	}

}
