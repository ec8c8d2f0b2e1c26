package io.punctual.release.tool.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import io.punctual.release.tool.Workplace;
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

	private Workplace account;

	@BeforeEach
	void account() throws IOException {
		this.account = new Workplace(this.folder, "lib.sh", "probe");
		this.account.command("release/authorities", "echo published");
		this.account.write("local/edge/target/edge-1.0.0-SNAPSHOT-app.jar", "");
		this.account.write("release/tool/target/release-tool-1.0.0-SNAPSHOT.jar", "");
		// The edge derives the document that is imported; the tool's answer is the
		// test's.
		this.account
			.jdk("""
					echo "java $*" >> calls
					case "$*" in
						*--derive=*) echo '{"to":"${stageVariables.loadBalancer}","by":"${stageVariables.link}","host":"${stageVariables.zone}"}' \\
							> "$(sed 's/.*--derive=//' <<< "$*")" ;;
						*ReleaseTool\\ probe*) exit "${PROBE_SAYS:-0}" ;;
					esac
					""");
		this.account.command("bin/aws", """
				echo "aws $*" >> calls
				[[ "$1 $2" != "${AWS_FAILS:-}" ]] || exit 254
				case "$1 $2" in
					'apigateway import-rest-api') echo api-1 ;;
					'apigateway create-usage-plan') echo plan-1 ;;
					'apigateway create-api-key') echo key-1 ;;
					'apigateway get-stage') echo AVAILABLE ;;
				esac
				""");
		this.account.set("AWS_REGION", "eu-west-1");
		Map.of("ZONE", "svc.test", "LOAD_BALANCER", BALANCER, "CERTIFICATE", "c", "LOAD_BALANCER_GROUP", "g",
				"LINK_GROUP", "l", "LINK", "link-1")
			.forEach((name, value) -> this.account.set("PUNCTUAL_" + name, value));
	}

	@Test
	void importsTheQuestionsAsTheApiItselfIsImported() throws Exception {
		assertThat(probe()).isZero();
		assertThat(this.account.calls()).anySatisfy((call) -> assertThat(call).contains("import-rest-api",
				"--parameters endpointConfigurationTypes=REGIONAL", "fileb://target/probes/imported.json"));
		assertThat(this.account.file("target/probes/imported.json")).content()
			.isEqualToIgnoringWhitespace(
					"{\"to\":\"%s\",\"by\":\"link-1\",\"host\":\"${stageVariables.zone}\"}".formatted(BALANCER));
		assertThat(this.account.calls()).anySatisfy((call) -> assertThat(call).contains("ReleaseTool probe",
				"--address https://api-1.execute-api.eu-west-1.amazonaws.com/probe"));
	}

	@Test
	void takesAwayWhatItMadeInAnOrderThatCanBeTakenAway() throws Exception {
		assertThat(probe()).isZero();
		assertThat(this.account.calls()).filteredOn((call) -> call.contains(" delete-") || call.contains("op=remove"))
			.extracting((call) -> call.split(" ")[2])
			.containsExactly("delete-api-key", "update-usage-plan", "delete-usage-plan", "delete-rest-api",
					"delete-stack");
	}

	@Test
	void aFactThatIsOtherwiseFailsItAndNothingIsLeftBehindEither() throws Exception {
		this.account.set("PROBE_SAYS", "1");
		assertThat(probe()).isNotZero();
		assertThat(this.account.calls()).last().asString().contains("delete-stack --stack-name Probes");
	}

	@Test
	void whatFailsHalfWayTakesAwayTheHalf() throws Exception {
		this.account.set("AWS_FAILS", "apigateway create-usage-plan");
		assertThat(probe()).isNotZero();
		assertThat(this.account.calls()).filteredOn((call) -> call.contains(" delete-"))
			.extracting((call) -> call.split(" ")[2])
			.containsExactly("delete-rest-api", "delete-stack");
	}

	private int probe() throws Exception {
		return this.account.run("bash", "release/probe").status();
	}

}
