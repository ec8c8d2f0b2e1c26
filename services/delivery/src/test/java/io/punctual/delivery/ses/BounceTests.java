package io.punctual.delivery.ses;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.punctual.delivery.ses.SesStandIn.Mail;
import io.punctual.shared.contract.ContactUpserted;
import io.punctual.shared.contract.NoticeFilter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mail that comes back, and people who do not want it.
 */
class BounceTests extends SesTest {

	@Test
	void aBounceForGoodOpensADeliveryAgainAndTheNextRungIsMailed() {
		String client = this.world.client();
		String first = this.world.contact(client, "gone@bank.example", 1, NoticeFilter.ALL);
		String second = this.world.contact(client, "next@bank.example", 2, NoticeFilter.ALL);
		String obligation = this.world.owe(client, ACCEPTED);
		await(obligation, first, "DELIVERED");
		ses.put(SesEventBodies.bounce(only("gone@bank.example"), "Permanent", "General", "5.1.1"));
		await(obligation, first, "EXHAUSTED");
		await(obligation, second, "DELIVERED");
		this.api.provider()
			.get()
			.uri("/v1/deliveries/" + delivery(obligation, first))
			.exchange()
			.expectBody()
			.jsonPath("$.reason")
			.isEqualTo("the mail bounced: General 5.1.1")
			.jsonPath("$.attempts")
			.isEqualTo(1);
		assertThat(this.world.count(
				"SELECT COUNT(*) FROM event_log WHERE type = 'deliveries.failing' AND data LIKE ? AND data LIKE ?",
				"%" + delivery(obligation, first) + "%", "%RECIPIENT%"))
			.isEqualTo(1);
		String next = this.world.owe(client, ACCEPTED);
		await(next, second, "DELIVERED");
		assertThat(this.world.stateOf(next, first)).as("no more mail to an address that bounces").isNull();
		assertThat(ses.mailsTo("gone@bank.example")).hasSize(1);
	}

	@Test
	void aBounceForGoodEndsADeliveryWhoseEvidenceWasAwaitedAndNoPromiseWasKept() {
		String client = this.world.client();
		String contact = this.world.contact(client, "never@bank.example");
		String obligation = this.world.owe(client, DELIVERED);
		Mail mail = awaitMail("never@bank.example");
		String bounce = ses.put(SesEventBodies.bounce(mail, "Permanent", "Suppressed", "5.1.1"));
		await(obligation, contact, "EXHAUSTED");
		applied(bounce);
		applied(ses.put(SesEventBodies.delivery(mail)));
		assertThat(this.world.stateOf(obligation, contact)).as("what came late").isEqualTo("EXHAUSTED");
		assertThat(this.world.isSatisfied(obligation)).isFalse();
		assertThat(this.world.count("SELECT COUNT(*) FROM mail_event WHERE delivery_id = ?",
				delivery(obligation, contact)))
			.isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Transient", "Undetermined" })
	void aBounceForNowIsSentAgain(String type) {
		String address = type.toLowerCase(Locale.ROOT) + "@bank.example";
		String client = this.world.client();
		String contact = this.world.contact(client, address);
		String obligation = this.world.owe(client, DELIVERED);
		applied(ses.put(SesEventBodies.bounce(awaitMail(address), type, "MailboxFull", "4.2.2")));
		Awaitility.await().atMost(PATIENCE).until(() -> ses.mailsTo(address).size() == 2);
		ses.put(SesEventBodies.delivery(ses.mailsTo(address).get(1)));
		await(obligation, contact, "DELIVERED");
		assertThat(this.world.isSatisfied(obligation)).isTrue();
		attempts(this.world.deliveryOf(obligation)).jsonPath("$.items[0].mailEvents[0].kind")
			.isEqualTo("BOUNCED_FOR_NOW")
			.jsonPath("$.items[1].mailEvents[0].kind")
			.isEqualTo("DELIVERED")
			.jsonPath("$.items.length()")
			.isEqualTo(2);
	}

	@Test
	void anotherAddressOfTheContactIsMailedAgain() {
		String client = this.world.client();
		String contact = this.world.contact(client, "old@bank.example");
		String obligation = this.world.owe(client, ACCEPTED);
		await(obligation, contact, "DELIVERED");
		applied(ses.put(SesEventBodies.bounce(only("old@bank.example"), "Permanent", "NoEmail", "5.1.1")));
		address(client, contact, "new@bank.example");
		String next = this.world.owe(client, ACCEPTED);
		await(next, contact, "DELIVERED");
		assertThat(ses.mailsTo("new@bank.example")).hasSize(1);
		applied(ses.put(SesEventBodies.complaint(only("old@bank.example"))));
		String last = this.world.owe(client, ACCEPTED);
		await(last, contact, "DELIVERED");
		assertThat(ses.mailsTo("new@bank.example")).as("what was said of the old address").hasSize(2);
	}

	@Test
	void whoeverComplainsIsMailedNoMoreAndWhatArrivedHasArrived() {
		String client = this.world.client();
		String contact = this.world.contact(client, "angry@bank.example");
		String obligation = this.world.owe(client, ACCEPTED);
		await(obligation, contact, "DELIVERED");
		applied(ses.put(SesEventBodies.complaint(only("angry@bank.example"))));
		assertThat(this.world.stateOf(obligation, contact)).isEqualTo("DELIVERED");
		String next = this.world.owe(client, ACCEPTED);
		assertThat(this.world.stateOf(next, contact)).isNull();
		attempts(this.world.deliveryOf(obligation)).jsonPath("$.items[0].mailEvents[0].kind")
			.isEqualTo("COMPLAINED")
			.jsonPath("$.items[0].mailEvents[0].status")
			.isEqualTo("abuse");
	}

	private void address(String client, String contact, String address) {
		byte[] key = contact.substring(0, 16).repeat(2).getBytes(StandardCharsets.US_ASCII);
		this.world.tell("clients", ContactUpserted.TYPE,
				new ContactUpserted(contact, client, 1, NoticeFilter.ALL, this.box
					.seal(JsonMapper.shared().writeValueAsBytes(new ContactUpserted.Mailbox(address, key)), contact)));
	}

}
