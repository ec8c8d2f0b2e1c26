package io.punctual.delivery.mail;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.punctual.delivery.Receiver;
import io.punctual.shared.contract.AgreementTerms.Channel;
import io.punctual.shared.contract.AgreementTerms.Channels;
import io.punctual.shared.contract.AgreementTerms.Rule;
import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.id.Ids;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which contacts are mailed, and when: where it is required, and where nothing else
 * reaches the client.
 */
class MailedContactsTests extends MailTest {

	@Test
	void aClientWithoutAnEndpointIsMailedAtOnce() {
		String client = this.world.client();
		String contact = this.world.contact(client, "only@bank.example");
		String obligation = this.world.owe(client, new Channels(List.of(Channel.WEBHOOK), Rule.ANY));
		await(obligation, contact, "DELIVERED");
		assertThat(this.world.count("SELECT COUNT(*) FROM delivery WHERE obligation_id = ? AND fallback", obligation))
			.isEqualTo(1);
		assertThat(this.world.isSatisfied(obligation)).as("it is told, but not as it was promised").isFalse();
	}

	@Test
	void atHalfOfTheBudgetWithoutSuccessTheContactIsMailed() {
		try (Receiver receiver = new Receiver()) {
			receiver.answering((message) -> Receiver.Answer.of(503));
			String client = this.world.client();
			String endpoint = this.world.endpoint(client, receiver.url("/hook"));
			String contact = this.world.contact(client, "half@bank.example");
			long start = System.nanoTime();
			String obligation = this.world
				.publish(Ids.next("not"), Duration.ofSeconds(8), Map.of(client, List.of(endpoint)))
				.owed()
				.getFirst()
				.obligationId();
			String early = this.world.stateOf(obligation, contact);
			if (System.nanoTime() - start < Duration.ofSeconds(4).toNanos()) {
				assertThat(early).as("not before its time").isNull();
			}
			await(obligation, contact, "DELIVERED");
			assertThat(this.world.count("""
					SELECT COUNT(*) FROM delivery d JOIN obligation o ON o.obligation_id = d.obligation_id
					WHERE d.obligation_id = ? AND d.endpoint_id = ?
					  AND d.first_attempt_at >= o.owed_from + INTERVAL 4 SECOND""", obligation, contact)).isEqualTo(1);
		}
	}

	@Test
	void onlyTheLowestRungWhoseFilterMatchesIsMailed() {
		String client = this.world.client();
		this.world.contact(client, "minor@bank.example", 1,
				new NoticeFilter(Set.of(), Set.of(Severity.MINOR), Set.of()));
		String first = this.world.contact(client, "first@bank.example", 2, NoticeFilter.ALL);
		String beside = this.world.contact(client, "beside@bank.example", 2, NoticeFilter.ALL);
		this.world.contact(client, "boss@bank.example", 3, NoticeFilter.ALL);
		String obligation = this.world.owe(client, MAIL);
		await(obligation, first, "DELIVERED");
		await(obligation, beside, "DELIVERED");
		assertThat(this.world.count("SELECT COUNT(*) FROM delivery WHERE obligation_id = ?", obligation)).isEqualTo(2);
	}

	@Test
	void allRequiredChannelsHaveToBeReached() {
		try (Receiver receiver = new Receiver()) {
			String client = this.world.client();
			String endpoint = this.world.endpoint(client, receiver.url("/hook"));
			server.answeringRecipients(451);
			String contact = this.world.contact(client, "both@bank.example");
			String obligation = this.world.owe(client, new Channels(List.of(Channel.WEBHOOK, Channel.MAIL), Rule.ALL),
					endpoint);
			await(obligation, endpoint, "DELIVERED");
			assertThat(this.world.isSatisfied(obligation)).isFalse();
			server.answeringRecipients(250);
			await(obligation, contact, "DELIVERED");
			assertThat(this.world.isSatisfied(obligation)).isTrue();
		}
	}

}
