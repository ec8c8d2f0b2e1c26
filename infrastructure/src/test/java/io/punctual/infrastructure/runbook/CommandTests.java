package io.punctual.infrastructure.runbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The names in runbooks' commands are names of what the stacks make. What is in capitals,
 * a variable or three dots is put in by whoever types it.
 */
@NeedsNode
class CommandTests {

	private static final String LOG_GROUP = "AWS::Logs::LogGroup";

	private static final Pattern COMMAND = Pattern.compile("\\baws ((?:[^`\\n\\\\]|\\\\\\n)+)");

	private static final Pattern OPTION = Pattern.compile("--([a-z-]+) ([A-Za-z0-9][A-Za-z0-9._/-]*)");

	/**
	 * Options that name one of ours, and the types and properties that have the names.
	 */
	private static final Map<String, List<String>> NAMED = Map.of("cluster", List.of("AWS::ECS::Cluster/ClusterName"),
			"service-name", List.of("AWS::ECS::Service/ServiceName"), "db-instance-identifier",
			List.of("AWS::RDS::DBInstance/DBInstanceIdentifier"), "source-identifier",
			List.of("AWS::RDS::DBInstance/DBInstanceIdentifier"), "source-db-instance-identifier",
			List.of("AWS::RDS::DBInstance/DBInstanceIdentifier"), "application-name",
			List.of("AWS::CodeDeploy::Application/ApplicationName"), "table-name",
			List.of("AWS::DynamoDB::Table/TableName"), "log-group-name", List.of(LOG_GROUP + "/LogGroupName"), "name",
			List.of("AWS::CodePipeline::Pipeline/Name", "AWS::CloudTrail::Trail/TrailName"));

	private final Synthesised production = Synthesised.production();

	@Test
	void namesInCommandsAreThoseOfResources() {
		List<String> looked = new ArrayList<>();
		for (Runbook runbook : Runbook.all()) {
			Matcher command = COMMAND.matcher(runbook.text());
			while (command.find()) {
				Matcher option = OPTION.matcher(command.group(1));
				while (option.find()) {
					List<String> properties = NAMED.get(option.group(1));
					if (properties != null && !option.group(2).matches(".*[A-Z]{2}.*")) {
						assertThat(names(properties)).as(runbook.name() + ": " + option.group())
							.contains(option.group(2));
						looked.add(option.group());
					}
				}
			}
		}
		assertThat(looked).hasSizeGreaterThan(20);
	}

	@Test
	void logGroupsExist() {
		Set<String> groups = names(List.of(LOG_GROUP + "/LogGroupName"));
		Set<String> named = new TreeSet<>();
		for (Runbook runbook : Runbook.all()) {
			Matcher group = Pattern.compile("(?<![A-Za-z0-9_.])((?:/punctual|/aws/lambda)/[a-z-]++)(?!/)")
				.matcher(runbook.text());
			while (group.find()) {
				named.add(group.group(1));
			}
		}
		assertThat(named).hasSizeGreaterThan(5).isSubsetOf(groups);
	}

	private Set<String> names(List<String> properties) {
		Set<String> names = new TreeSet<>();
		for (String property : properties) {
			String type = property.substring(0, property.lastIndexOf('/'));
			this.production.all(type)
				.stream()
				.map((Resource resource) -> resource.text(property.substring(property.lastIndexOf('/') + 1)))
				.forEach(names::add);
		}
		return names;
	}

}
