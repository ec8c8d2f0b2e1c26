package io.punctual.release.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A release behind another one, whose blue is still warm: {@code release/queue}.
 */
@DisabledOnOs(OS.WINDOWS)
class QueueTests {

	@TempDir
	Path folder;

	private Workplace workplace;

	@BeforeEach
	void commands() throws IOException {
		this.workplace = new Workplace(this.folder, "lib.sh", "queue");
		this.workplace.standsInForAws();
		this.workplace.set("PUNCTUAL_DEPLOY_POLL", "0.01");
		this.workplace.set("PUNCTUAL_IDLE_TRIES", "2");
	}

	@Test
	void whereNobodyIsBeforeItNothingIsWaitedFor() throws Exception {
		assertThat(queue()).isEqualTo("Nobody is before us.\n");
	}

	@Test
	void theOthersBlueEndsOnceAllItsServicesHaveHadTheTrafficForThreeMinutes() throws Exception {
		anotherIsDeployed("STANDARD");
		deployment("d-000000001", "clients");
		moved("d-000000001", Duration.ofMinutes(4));
		deployment("d-000000002", "sla");
		moved("d-000000002", Duration.ofMinutes(3));
		assertThat(queue()).contains("d-000000001: its blue ends now", "d-000000002: its blue ends now");
		assertThat(ended()).isEqualTo(2);
	}

	@Test
	void theOtherOneCanBeGoneBackFromForThreeMinutesWhoeverWaits() throws Exception {
		anotherIsDeployed("STANDARD");
		deployment("d-000000001", "clients");
		moved("d-000000001", Duration.ofMinutes(4));
		deployment("d-000000002", "sla");
		moved("d-000000002", Duration.ofMinutes(1));
		assertThat(queue()).contains("waits until the other one has ended");
		assertThat(ended()).isZero();
	}

	@Test
	void noBlueEndsWhileTheTrafficOfOneServiceHasNotMoved() throws Exception {
		this.workplace.set("PUNCTUAL_IDLE_TRIES", "1");
		anotherIsDeployed("STANDARD");
		deployment("d-000000001", "clients");
		moved("d-000000001", Duration.ofMinutes(4));
		deployment("d-000000002", "sla");
		assertThat(queue()).contains("waits until the other one has ended");
		assertThat(ended()).isZero();
	}

	@Test
	void aReleaseThatGoesBackKeepsItsBlue() throws Exception {
		anotherIsDeployed("ROLLBACK");
		deployment("d-000000001", "clients");
		moved("d-000000001", Duration.ofMinutes(4));
		assertThat(queue()).contains("The other one is going back");
		assertThat(ended()).isZero();
	}

	@Test
	void notToBeAnsweredIsNoReasonToFail() throws Exception {
		this.workplace.command("bin/aws", "echo 'Rate exceeded' >&2\nexit 254\n");
		assertThat(queue()).contains("Rate exceeded", "Cannot ask for the stage Deploy");
	}

	private String queue() throws Exception {
		Workplace.Run run = this.workplace.run("release/queue");
		assertThat(run.status()).as(run.said()).isZero();
		return run.said();
	}

	/** How often a blue was ended. */
	private long ended() throws IOException {
		return Files.readAllLines(this.workplace.file("aws/calls"))
			.stream()
			.filter((call) -> call.startsWith("aws deploy continue-deployment "))
			.count();
	}

	/** Another run is in the stage Deploy, which it has entered in this way. */
	private void anotherIsDeployed(String type) throws IOException {
		this.workplace.write("aws/deploying", type);
		this.workplace.write("aws/warm", "99");
	}

	private void deployment(String id, String service) throws IOException {
		this.workplace.write("aws/deploy/" + id, service + "\n");
	}

	private void moved(String deployment, Duration ago) throws IOException {
		this.workplace.write("aws/looked-" + deployment, "");
		Files.setLastModifiedTime(this.workplace.file("aws/looked-" + deployment),
				FileTime.from(Instant.now().minus(ago)));
	}

}
