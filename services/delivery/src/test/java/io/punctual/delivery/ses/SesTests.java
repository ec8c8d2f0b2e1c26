package io.punctual.delivery.ses;

import java.util.Locale;

import io.punctual.delivery.ses.SesStandIn.Mail;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mail goes by SES, and what SES does not send is ours.
 */
class SesTests extends SesTest {

	@Test
	void aMailCarriesWhatItsEventsAreMatchedBy() {
		String client = this.world.client();
		String contact = this.world.contact(client, "ada@bank.example");
		String obligation = this.world.owe(client, ACCEPTED);
		await(obligation, contact, "DELIVERED");
		Mail mail = only("ada@bank.example");
		String delivery = this.world.deliveryOf(obligation);
		assertThat(mail.configurationSet()).isEqualTo("punctual");
		assertThat(mail.from()).isEqualTo("updates@punctual.example");
		assertThat(mail.tags()).containsEntry("delivery", delivery).hasSize(2);
		assertThat(mail.raw()).contains("To: ada@bank.example", "Auto-Submitted: auto-generated", "A text");
		assertThat(this.world.isSatisfied(obligation)).isTrue();
		attempts(delivery).jsonPath("$.items[0].attemptId")
			.isEqualTo(mail.tag("attempt"))
			.jsonPath("$.items[0].messageId")
			.isEqualTo(mail.messageId())
			.jsonPath("$.items[0].status")
			.isEqualTo(200)
			.jsonPath("$.items[0].mailEvents")
			.doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "TooManyRequestsException", "MessageRejected", "AccountSuspendedException" })
	void whatSesRefusesIsTheProvidersAndIsTriedAgain(String error) {
		String client = this.world.client();
		String address = error.toLowerCase(Locale.ROOT) + "@bank.example";
		String contact = this.world.contact(client, address);
		ses.refusing(error);
		String obligation = this.world.owe(client, ACCEPTED);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.world.count("""
					SELECT COUNT(*) FROM attempt a JOIN delivery d ON d.delivery_id = a.delivery_id
					WHERE d.obligation_id = ? AND a.side = 'PROVIDER' AND a.error = ?""", obligation,
					"the mail service answered " + error) == 1);
		ses.refusing("");
		await(obligation, contact, "DELIVERED");
		assertThat(ses.mailsTo(address)).hasSize(1);
	}

	@Test
	void whatSesDoesNotSendAfterAllIsOurs() {
		String client = this.world.client();
		String contact = this.world.contact(client, "virus@bank.example");
		String obligation = this.world.owe(client, DELIVERED);
		ses.put(SesEventBodies.reject(awaitMail("virus@bank.example")));
		await(obligation, contact, "EXHAUSTED");
		assertThat(this.world.count("SELECT COUNT(*) FROM delivery WHERE obligation_id = ? AND last_side = 'PROVIDER'",
				obligation))
			.isEqualTo(1);
		String next = this.world.owe(client, DELIVERED);
		Awaitility.await().atMost(PATIENCE).until(() -> ses.mailsTo("virus@bank.example").size() == 2);
		ses.put(SesEventBodies.renderingFailure(ses.mailsTo("virus@bank.example").get(1)));
		await(next, contact, "EXHAUSTED");
	}

}
