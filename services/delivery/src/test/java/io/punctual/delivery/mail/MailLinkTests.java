package io.punctual.delivery.mail;

import java.util.List;

import io.punctual.shared.contract.AgreementTerms.Channel;
import io.punctual.shared.contract.AgreementTerms.Channels;
import io.punctual.shared.contract.AgreementTerms.MailEvidence;
import io.punctual.shared.contract.AgreementTerms.Rule;
import io.punctual.shared.contract.ContactRemoved;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever has a mail acknowledges it by its link.
 */
class MailLinkTests extends MailTest {

	@Test
	void theLinkShowsAPageAndOnlyItsButtonAcknowledges() throws Exception {
		String client = this.world.client();
		String contact = this.world.contact(client, "alan@bank.example");
		String obligation = this.world.owe(client, MAIL);
		await(obligation, contact, "DELIVERED");
		String link = link(only("alan@bank.example"));
		this.api.anonymous()
			.get()
			.uri(link)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Content-Disposition", "inline")
			.expectBody(String.class)
			.value((page) -> assertThat(page).contains("A title", "method=\"post\""));
		assertThat(acknowledgements(obligation, contact)).isZero();
		this.api.anonymous().post().uri(link).exchange().expectStatus().isOk();
		this.api.anonymous().post().uri(link).exchange().expectStatus().isOk();
		assertThat(acknowledgements(obligation, contact)).isEqualTo(1);
		assertThat(this.world.count("SELECT COUNT(*) FROM event_log WHERE type = 'obligation.acknowledged' "
				+ "AND subject = ? AND data LIKE ?", obligation, "%" + contact + "%"))
			.isEqualTo(1);
		assertThat(this.world.count(
				"SELECT COUNT(*) FROM event_log WHERE type = 'audit.recorded' AND data LIKE ? " + "AND data LIKE ?",
				"%\"PERSON\"%" + contact + "%", "%" + obligation + "%"))
			.isEqualTo(2);
	}

	@Test
	void aLinkOfAnotherOrOfNobodyLeadsNowhere() throws Exception {
		String client = this.world.client();
		String contact = this.world.contact(client, "eve@bank.example");
		String obligation = this.world.owe(client, MAIL);
		await(obligation, contact, "DELIVERED");
		String link = link(only("eve@bank.example"));
		String other = this.world.contact(client, "other@bank.example");
		List<String> forged = List.of(link + "x", link.replace(contact, other), link.replace(obligation, "obl_1"),
				"/v1/acknowledgements/nothing");
		for (String one : forged) {
			this.api.anonymous().get().uri(one).exchange().expectStatus().isNotFound();
			this.api.anonymous().post().uri(one).exchange().expectStatus().isNotFound();
		}
		this.api.provider().get().uri(link).exchange().expectStatus().isOk();
		this.world.tell("clients", ContactRemoved.TYPE, new ContactRemoved(contact, client));
		this.api.anonymous().post().uri(link).exchange().expectStatus().isNotFound();
		assertThat(acknowledgements(obligation, contact)).isZero();
	}

	@Test
	void waitsForTheAcknowledgementWhereTheAgreementSaysSo() throws Exception {
		String client = this.world.client();
		String contact = this.world.contact(client, "mary@bank.example");
		String obligation = this.world.owe(client,
				new Channels(List.of(Channel.MAIL), Rule.ANY, MailEvidence.ACKNOWLEDGED));
		Awaitility.await().atMost(PATIENCE).until(() -> attempts(obligation) == 1);
		assertThat(this.world.stateOf(obligation, contact)).isEqualTo("PENDING");
		assertThat(this.world.isSatisfied(obligation)).isFalse();
		this.api.anonymous().post().uri(link(only("mary@bank.example"))).exchange().expectStatus().isOk();
		assertThat(this.world.stateOf(obligation, contact)).isEqualTo("DELIVERED");
		assertThat(this.world.isSatisfied(obligation)).isTrue();
		assertThat(server.mailsTo("mary@bank.example")).hasSize(1);
	}

	private long acknowledgements(String obligation, String contact) {
		return this.world.count("SELECT COUNT(*) FROM obligation WHERE obligation_id = ? AND acknowledged_by = ? "
				+ "AND acknowledged_means = 'MAIL' AND acknowledged_at IS NOT NULL", obligation, contact);
	}

}
