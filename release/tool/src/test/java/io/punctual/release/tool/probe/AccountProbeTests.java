package io.punctual.release.tool.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.punctual.release.tool.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code release/probe} on an account that is stood in for: it asks by what the API
 * itself is made like, and leaves nothing behind.
 */
@DisabledOnOs(OS.WINDOWS)
class AccountProbeTests {

	private static final String BALANCER = "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/punctual/1";

	@TempDir
	Path folder;

	@BeforeEach
	void account() throws IOException {
		for (String script : List.of("lib.sh", "probe")) {
			write("release/" + script, Files.readString(Repository.file("release/" + script)));
		}
		executable("release/authorities", "echo published");
		write("local/edge/target/edge-1.0.0-SNAPSHOT-app.jar", "");
		write("release/tool/target/release-tool-1.0.0-SNAPSHOT.jar", "");
		write("jdk/release", "JAVA_VERSION=\"25.0.1\"\n");
		// The edge derives the document that is imported; the tool's answer is the
		// test's.
		executable("jdk/bin/java",
				"""
						echo "java $*" >> calls
						case "$*" in
							*--derive=*) echo '{"to":"${stageVariables.loadBalancer}","by":"${stageVariables.link}","host":"${stageVariables.zone}"}' \\
								> "$(sed 's/.*--derive=//' <<< "$*")" ;;
							*ReleaseTool\\ probe*) exit "${PROBE_SAYS:-0}" ;;
						esac
						""");
		executable("bin/aws", """
				echo "aws $*" >> calls
				[[ "$1 $2" != "${AWS_FAILS:-}" ]] || exit 254
				case "$1 $2" in
					'apigateway import-rest-api') echo api-1 ;;
					'apigateway create-usage-plan') echo plan-1 ;;
					'apigateway create-api-key') echo key-1 ;;
					'apigateway get-stage') echo AVAILABLE ;;
				esac
				""");
	}

	@Test
	void importsTheQuestionsAsTheApiItselfIsImported() throws Exception {
		assertThat(run()).isZero();
		assertThat(calls()).anySatisfy((call) -> assertThat(call).contains("import-rest-api",
				"--parameters endpointConfigurationTypes=REGIONAL", "fileb://target/probes/imported.json"));
		assertThat(this.folder.resolve("target/probes/imported.json")).content()
			.isEqualToIgnoringWhitespace(
					"{\"to\":\"%s\",\"by\":\"link-1\",\"host\":\"${stageVariables.zone}\"}".formatted(BALANCER));
		assertThat(calls()).anySatisfy((call) -> assertThat(call).contains("ReleaseTool probe",
				"--address https://api-1.execute-api.eu-west-1.amazonaws.com/probe"));
	}

	@Test
	void takesAwayWhatItMadeInAnOrderThatCanBeTakenAway() throws Exception {
		assertThat(run()).isZero();
		assertThat(calls()).filteredOn((call) -> call.contains(" delete-") || call.contains("op=remove"))
			.extracting((call) -> call.split(" ")[2])
			.containsExactly("delete-api-key", "update-usage-plan", "delete-usage-plan", "delete-rest-api",
					"delete-stack");
	}

	@Test
	void aFactThatIsOtherwiseFailsItAndNothingIsLeftBehindEither() throws Exception {
		assertThat(run("PROBE_SAYS", "1")).isNotZero();
		assertThat(calls()).last().asString().contains("delete-stack --stack-name Probes");
	}

	@Test
	void whatFailsHalfWayTakesAwayTheHalf() throws Exception {
		assertThat(run("AWS_FAILS", "apigateway create-usage-plan")).isNotZero();
		assertThat(calls()).filteredOn((call) -> call.contains(" delete-"))
			.extracting((call) -> call.split(" ")[2])
			.containsExactly("delete-rest-api", "delete-stack");
	}

	private int run(String... variable) throws Exception {
		ProcessBuilder process = new ProcessBuilder("bash", "release/probe").directory(this.folder.toFile())
			.redirectErrorStream(true);
		process.environment().put("PATH", this.folder.resolve("bin") + ":" + System.getenv("PATH"));
		process.environment().put("JAVA_HOME", this.folder.resolve("jdk").toString());
		process.environment().put("AWS_REGION", "eu-west-1");
		Stream
			.of("ZONE svc.test", "LOAD_BALANCER " + BALANCER, "CERTIFICATE c", "LOAD_BALANCER_GROUP g", "LINK_GROUP l",
					"LINK link-1")
			.map((each) -> each.split(" "))
			.forEach((each) -> process.environment().put("PUNCTUAL_" + each[0], each[1]));
		if (variable.length > 0) {
			process.environment().put(variable[0], variable[1]);
		}
		Process started = process.start();
		new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return started.waitFor();
	}

	private List<String> calls() throws IOException {
		return Files.readAllLines(this.folder.resolve("calls"));
	}

	private void executable(String file, String script) throws IOException {
		write(file, "#!/usr/bin/env bash\n" + script);
		assertThat(this.folder.resolve(file).toFile().setExecutable(true)).isTrue();
	}

	private void write(String file, String text) throws IOException {
		Path path = this.folder.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

}
