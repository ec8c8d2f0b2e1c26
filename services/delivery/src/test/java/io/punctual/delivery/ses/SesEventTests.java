package io.punctual.delivery.ses;

import io.punctual.delivery.ses.SesStandIn.Mail;
import io.punctual.shared.contract.ContactRemoved;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What SES says of a mail afterwards is heard, once, and kept as evidence.
 */
class SesEventTests extends SesTest {

	@Test
	void theReceivingServersAnswerIsWhatAnAgreementMayAskForAndIsKeptWithTheContact() {
		String client = this.world.client();
		String contact = this.world.contact(client, "grace@bank.example");
		String obligation = this.world.owe(client, DELIVERED);
		Mail mail = awaitMail("grace@bank.example");
		applied(ses.put(SesEventBodies.delay(mail)));
		assertThat(this.world.stateOf(obligation, contact)).isEqualTo("PENDING");
		assertThat(this.world.isSatisfied(obligation)).isFalse();
		ses.put(SesEventBodies.delivery(mail));
		await(obligation, contact, "DELIVERED");
		assertThat(this.world.isSatisfied(obligation)).isTrue();
		String delivery = this.world.deliveryOf(obligation);
		attempts(delivery).jsonPath("$.items[0].mailEvents[0].kind")
			.isEqualTo("DELAYED")
			.jsonPath("$.items[0].mailEvents[1].kind")
			.isEqualTo("DELIVERED")
			.jsonPath("$.items[0].mailEvents[1].status")
			.isEqualTo("250")
			.jsonPath("$.items[0].mailEvents[1].answer")
			.isEqualTo("250 2.6.0 Message received for <grace@bank.example>");
		assertThat(this.world.count("SELECT COUNT(*) FROM mail_event WHERE answer LIKE '%grace%'")).isZero();
		this.world.tell("clients", ContactRemoved.TYPE, new ContactRemoved(contact, client));
		attempts(delivery).jsonPath("$.items[0].mailEvents[1].status")
			.isEqualTo("250")
			.jsonPath("$.items[0].mailEvents[1].answer")
			.doesNotExist();
	}

	@Test
	void whatIsSaidTwiceCountsOnce() {
		String client = this.world.client();
		String contact = this.world.contact(client, "twice@bank.example");
		String obligation = this.world.owe(client, DELIVERED);
		String body = SesEventBodies.delivery(awaitMail("twice@bank.example"));
		String one = ses.put(body);
		String other = ses.put(body);
		applied(one);
		applied(other);
		await(obligation, contact, "DELIVERED");
		assertThat(this.world.count("SELECT COUNT(*) FROM mail_event WHERE delivery_id = ?",
				this.world.deliveryOf(obligation)))
			.isEqualTo(1);
		assertThat(this.world.count("SELECT COUNT(*) FROM event_log WHERE type = 'deliveries.settled' AND data LIKE ?",
				"%" + obligation + "%"))
			.isEqualTo(1);
	}

	@Test
	void whatCannotBeUnderstoodStaysInTheQueueAndHoldsNothingUp() {
		String poison = ses.put("{\"eventType\":\"Bounce\",\"mail\":{}}");
		String trial = ses.put(SesEventBodies.trial());
		String foreign = ses.put("{\"eventType\":\"Delivery\",\"delivery\":{},\"mail\":{\"timestamp\":\"\"}}");
		String client = this.world.client();
		String contact = this.world.contact(client, "after@bank.example");
		String obligation = this.world.owe(client, DELIVERED);
		ses.put(SesEventBodies.delivery(awaitMail("after@bank.example")));
		await(obligation, contact, "DELIVERED");
		applied(trial);
		applied(foreign);
		Awaitility.await().atMost(PATIENCE).until(() -> ses.timesReceived(poison) >= 3);
		assertThat(ses.holds(poison)).isTrue();
		ses.remove(poison);
	}

	@Test
	void whatIsSaidBeforeTheAttemptIsWrittenIsHeardLater() {
		String client = this.world.client();
		String contact = this.world.contact(client, "early@bank.example");
		String obligation = this.world.owe(client, DELIVERED);
		Mail mail = awaitMail("early@bank.example");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.world.count("SELECT COUNT(*) FROM attempt WHERE attempt_id = ?",
					mail.tag("attempt")) == 1);
		this.world.sql("UPDATE attempt SET attempt_id = CONCAT('x', SUBSTR(attempt_id, 2)) WHERE attempt_id = ?",
				mail.tag("attempt"));
		String message = ses.put(SesEventBodies.delivery(mail));
		Awaitility.await().atMost(PATIENCE).until(() -> ses.timesReceived(message) >= 2);
		assertThat(this.world.stateOf(obligation, contact)).isEqualTo("PENDING");
		this.world.sql("UPDATE attempt SET attempt_id = ? WHERE attempt_id = CONCAT('x', SUBSTR(?, 2))",
				mail.tag("attempt"), mail.tag("attempt"));
		await(obligation, contact, "DELIVERED");
		applied(message);
	}

}
