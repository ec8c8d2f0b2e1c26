package io.punctual.release.hook.check;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which releases are let in.
 */
class ValidationTests {

	private final PunctualStandIn punctual = new PunctualStandIn();

	private final List<String> log = new ArrayList<>();

	@AfterEach
	void stop() {
		this.punctual.close();
	}

	private void validate(String service) {
		try (Caller caller = this.punctual.caller()) {
			new Validation(caller, this.punctual.services(service), this.log::add).run("d-1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "clients", "notices", "delivery", "sla" })
	void letAHealthyReleaseWorkAndTheFormerOneDrain(String service) {
		validate(service);
		assertThat(this.punctual.gate()).containsEntry("green", "ACTIVE").containsEntry("blue", "DRAINING");
		assertThat(this.log).hasSizeGreaterThan(5).allMatch((line) -> line.startsWith(service));
	}

	@ParameterizedTest(name = "{0}: {1} answers {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					sla      | GET /green/actuator                       | 503 | {"status":"DOWN"}
					sla      | GET /green/v1/clocks\\?limit=1$            | 500 | {}
					sla      | GET /green/v1/clients/cli_1/adherence     | 500 | {}
					sla      | GET /green/internal/releases              | 200 | {"self":"blue","releases":[]}
					clients  | PUT /green/v1/clients/by-external-id      | 200 | {"id":"cli_1","synthetic":false}
					clients  | GET /green/v1/clients/cli_1/endpoints     | 200 | {"items":[]}
					notices  | POST /green/v1/notices$                   | 500 | {}
					notices  | GET /green/v1/notices/not_1/audience      | 200 | {"clients":2,"items":[{"clientId":"cli_1"},{"clientId":"cli_2"}]}
					notices  | GET /green/v1/notices/not_1/audience      | 200 | {"clients":1,"items":[{"clientId":"cli_2"}]}
					notices  | POST /green/v1/notices/not_1/updates      | 409 | {}
					delivery | POST /green/internal/endpoints/end_1      | 200 | {"passed":false,"failure":"401"}
					delivery | POST /green/internal/endpoints/end_1      | 404 | {}
					""")
	void refuseAReleaseThatDoesNotDoWhatItMust(String service, String request, int status, String body) {
		this.punctual.answering(request, status, body);
		assertThatExceptionOfType(CheckException.class).isThrownBy(() -> validate(service));
		assertThat(this.punctual.gate()).containsEntry("green", "STANDBY").containsEntry("blue", "ACTIVE");
		assertThat(this.punctual.requests("activate")).isEmpty();
	}

	@Test
	void refuseAReleaseThatAnswersAnybody() {
		this.punctual.answering("GET /green/v1/clocks", 200, "{\"items\":[]}");
		assertThatExceptionOfType(CheckException.class).isThrownBy(() -> validate("sla"))
			.withMessageContaining("was answered 200");
	}

	@Test
	void refuseAReleaseThatRefusesByNoProblemDocument() {
		this.punctual.problemsAre("text/html");
		assertThatExceptionOfType(CheckException.class).isThrownBy(() -> validate("sla"))
			.withMessageContaining("no problem document");
		assertThat(this.punctual.requests("activate")).isEmpty();
	}

	@Test
	void sayNothingToAnybodyButTheSyntheticClient() {
		this.punctual.answering("GET /green/v1/notices/not_1/audience", 200,
				"{\"clients\":9000,\"items\":[{\"clientId\":\"cli_7\"}]}");
		assertThatExceptionOfType(CheckException.class).isThrownBy(() -> validate("notices"));
		assertThat(this.punctual.requests("POST .*/updates")).isEmpty();
	}

	@Test
	void refuseAReleaseThatItsGateDoesNotKnow() {
		this.punctual.greenIs("another");
		assertThatExceptionOfType(CheckException.class).isThrownBy(() -> validate("sla"))
			.withMessageContaining("another");
	}

	@Test
	void letTheFirstReleaseInWhenItIsReady() {
		this.punctual.gate().remove("blue");
		validate("notices");
		assertThat(this.punctual.gate()).containsEntry("green", "ACTIVE");
		assertThat(this.punctual.requests("POST .*/v1/notices")).isEmpty();
		assertThat(this.log).anyMatch((line) -> line.startsWith("No release has worked yet"));
	}

	@Test
	void goWithoutTheSyntheticClientWhereThereIsNone() {
		this.punctual.answering("GET /clients/v1/clients/cli_1/endpoints", 200, "{\"items\":[]}");
		validate("notices");
		assertThat(this.punctual.gate()).containsEntry("green", "ACTIVE");
		assertThat(this.log).anyMatch((line) -> line.startsWith("No synthetic client yet"));
	}

	/**
	 * The first release of all: four hooks at once, and no synthetic client.
	 */
	@Test
	void makeTheSyntheticClientBesideAnotherHookThatDoes() {
		this.punctual.once("PUT /clients/v1/clients/by-external-id", 409, "{}")
			.answering("GET /clients/v1/clients/cli_1/endpoints", 200, "{\"items\":[]}");
		validate("sla");
		assertThat(this.punctual.gate()).containsEntry("green", "ACTIVE");
	}

	@Test
	void takeBackAnActivationThatDoesNotComeTrue() {
		this.punctual.answering("POST .*/activate", 500, "{}");
		assertThatExceptionOfType(CheckException.class).isThrownBy(() -> validate("sla"));
		assertThat(this.punctual.gate()).containsEntry("green", "REJECTED").containsEntry("blue", "ACTIVE");
	}

	@Test
	void repeatUnderTheSameKeys() {
		validate("notices");
		List<String> keys = keys();
		assertThat(keys).hasSize(3).doesNotHaveDuplicates().allMatch((key) -> key.startsWith("d-1"));
		validate("notices");
		assertThat(keys()).hasSize(6).endsWith(keys.toArray(String[]::new));
		assertThat(this.punctual.gate()).containsEntry("green", "ACTIVE");
	}

	private List<String> keys() {
		return this.punctual.sent("POST .*/v1/notices").stream().map(PunctualStandIn.Sent::key).toList();
	}

	/**
	 * Neither a statement nor a report may have anything of a check in it.
	 */
	@Test
	void publishADrillAboutTheSyntheticComponentAlone() {
		validate("notices");
		assertThat(this.punctual.sent("POST .*/v1/notices$")).singleElement()
			.satisfies((sent) -> assertThat(sent.body()).contains("\"drill\":true", "\"components\":[\"cmp_1\"]"));
	}

	@Test
	void askForAClientThatIsInNoStatement() {
		validate("sla");
		assertThat(this.punctual.sent("PUT .*/by-external-id/")).isNotEmpty()
			.allSatisfy((sent) -> assertThat(sent.body()).contains("\"synthetic\":true"));
	}

	@Test
	void endWhatTheyHaveSaid() {
		validate("notices");
		assertThat(this.punctual.sent("POST .*/updates")).last()
			.satisfies((sent) -> assertThat(sent.body()).contains("\"RESOLVED\""));
	}

	@Test
	void makeTheSyntheticClientInThePublicSmokeTest() {
		List<String> kept = new ArrayList<>();
		this.punctual.answering("GET /clients/v1/clients/cli_1/endpoints.*", 200, "{\"items\":[]}")
			.answering("POST /clients/v1/clients/cli_1/endpoints", 201, "{\"id\":\"end_1\",\"secret\":\"whsec_1\"}")
			.answering("POST /clients/v1/endpoints/end_1/verify", 202, "");
		try (Caller caller = this.punctual.caller()) {
			Synthetic made = Synthetic.ensure(caller, this.punctual.url("/clients"), "https://receiver.example/",
					(endpoint, secret) -> {
						kept.add(endpoint + " " + secret);
						this.punctual.answering("GET /clients/v1/clients/cli_1/endpoints.*", 200,
								"{\"items\":[{\"id\":\"end_1\",\"state\":\"VERIFIED\"}]}");
					});
			assertThat(made).isEqualTo(PunctualStandIn.SYNTHETIC);
		}
		assertThat(kept).containsExactly("end_1 whsec_1");
		assertThat(this.punctual.requests("POST .*/verify")).hasSize(1);
	}

	@Test
	void showNoSecretInAMessage() {
		assertThat(new Caller.Credential("http://token", "hook", "hidden").toString()).doesNotContain("hidden");
	}

}
