package io.punctual.delivery.dispatch;

import java.util.List;

import io.punctual.shared.contract.AgreementTerms.Channel;
import io.punctual.shared.contract.AgreementTerms.Channels;
import io.punctual.shared.contract.AgreementTerms.Rule;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RequirementTests {

	@Test
	void anyIsSatisfiedByTheFirstRequiredChannel() {
		Requirement any = Requirement.of(new Channels(List.of(Channel.WEBHOOK, Channel.FEED), Rule.ANY));
		assertThat(any.isSatisfied()).isFalse();
		assertThat(any.reach(Channel.FEED).isSatisfied()).isTrue();
		assertThat(any.reach(Channel.MAIL).isSatisfied()).isFalse();
	}

	@Test
	void allIsSatisfiedByTheLastRequiredChannel() {
		Requirement all = Requirement.of(new Channels(List.of(Channel.WEBHOOK, Channel.MAIL), Rule.ALL));
		assertThat(all.reach(Channel.WEBHOOK).isSatisfied()).isFalse();
		assertThat(all.reach(Channel.WEBHOOK).reach(Channel.WEBHOOK).isSatisfied()).isFalse();
		assertThat(all.reach(Channel.MAIL).reach(Channel.WEBHOOK).isSatisfied()).isTrue();
	}

	@Test
	void bestEffortIsSatisfiedByWhateverArrives() {
		Requirement none = Requirement.of(null);
		assertThat(none.isSatisfied()).isFalse();
		assertThat(none.reach(Channel.MAIL).isSatisfied()).isTrue();
		assertThat(none.requiredColumn()).isNull();
	}

	@Test
	void isReadAsItWasWritten() {
		Requirement all = Requirement.of(new Channels(List.of(Channel.MAIL, Channel.WEBHOOK), Rule.ALL))
			.reach(Channel.MAIL);
		assertThat(Requirement.of(all.requiredColumn(), all.all(), all.reachedColumn())).isEqualTo(all);
	}

}
