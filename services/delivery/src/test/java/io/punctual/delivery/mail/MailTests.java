package io.punctual.delivery.mail;

import java.util.List;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.punctual.shared.contract.ContactRemoved;
import jakarta.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Updates go to contacts by SMTP, and what comes of it is kept.
 */
class MailTests extends MailTest {

	@Test
	void aRequiredMailIsSentAndKeepsThePromise() throws Exception {
		String client = this.world.client();
		String contact = this.world.contact(client, "ada@bank.example");
		String obligation = this.world.owe(client, MAIL);
		await(obligation, contact, "DELIVERED");
		assertThat(this.world.isSatisfied(obligation)).isTrue();
		MimeMessage mail = only("ada@bank.example");
		String delivery = this.world.deliveryOf(obligation);
		assertThat(mail.getMessageID()).isEqualTo("<" + delivery + "@punctual.example>");
		assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
		assertThat(mail.getHeader("List-Id")).containsExactly("Updates <updates.punctual.example>");
		assertThat(mail.getHeader("X-Correlation-Id")).containsExactly("cor-test");
		assertThat(mail.getSubject()).isEqualTo("[CRITICAL] A title: INVESTIGATING");
		assertThat(GreenMailUtil.getBody(mail)).contains("text/plain", "text/html", "A text", "Promised by");
	}

	@Test
	void theEvidenceNamesTheContactAndForgetsTheAddressWithIt() {
		String client = this.world.client();
		String contact = this.world.contact(client, "grace@bank.example");
		String obligation = this.world.owe(client, MAIL);
		await(obligation, contact, "DELIVERED");
		String attempts = "/v1/deliveries/" + this.world.deliveryOf(obligation) + "/attempts";
		this.api.provider()
			.get()
			.uri(attempts)
			.exchange()
			.expectBody()
			.jsonPath("$.items[0].url")
			.isEqualTo("mailto:" + contact)
			.jsonPath("$.items[0].status")
			.isEqualTo(250)
			.jsonPath("$.items[0].recipient")
			.isEqualTo("grace@bank.example");
		assertThat(this.world.count("""
				SELECT (SELECT COUNT(*) FROM attempt WHERE recipient LIKE '%grace%')
				  + (SELECT COUNT(*) FROM endpoint WHERE mailbox LIKE '%grace%')
				  + (SELECT COUNT(*) FROM event_log WHERE data LIKE '%grace%')""")).isZero();
		this.world.tell("clients", ContactRemoved.TYPE, new ContactRemoved(contact, client));
		this.api.provider()
			.get()
			.uri(attempts)
			.exchange()
			.expectBody()
			.jsonPath("$.items[0].status")
			.isEqualTo(250)
			.jsonPath("$.items[0].recipient")
			.doesNotExist();
	}

	@ParameterizedTest
	@CsvSource({ "550, EXHAUSTED, RECIPIENT", "451, PENDING, RECIPIENT" })
	void aRefusedMailboxIsTheRecipientsFault(int reply, String state, String side) {
		server.answeringRecipients(reply);
		String client = this.world.client();
		String contact = this.world.contact(client, "refused" + reply + "@bank.example");
		String obligation = this.world.owe(client, MAIL);
		Awaitility.await().atMost(PATIENCE).until(() -> attempts(obligation) >= 1);
		assertThat(this.world.stateOf(obligation, contact)).isEqualTo(state);
		assertThat(this.world.count("""
				SELECT COUNT(*) FROM attempt a JOIN delivery d ON d.delivery_id = a.delivery_id
				WHERE d.obligation_id = ? AND a.status = ? AND a.side = ? AND a.error NOT LIKE '%secret%'""",
				obligation, reply, side))
			.isPositive();
	}

	@Test
	void aMailServerThatIsAwayIsOurFaultAndTriedAgain() {
		server.away(true);
		String client = this.world.client();
		String contact = this.world.contact(client, "later@bank.example");
		String obligation = this.world.owe(client, MAIL);
		Awaitility.await().atMost(PATIENCE).until(() -> attempts(obligation) >= 1);
		assertThat(this.world.count("SELECT COUNT(*) FROM delivery WHERE obligation_id = ? AND last_side = 'PROVIDER'",
				obligation))
			.isEqualTo(1);
		server.away(false);
		await(obligation, contact, "DELIVERED");
	}

}
