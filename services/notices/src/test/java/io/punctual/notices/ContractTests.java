package io.punctual.notices;

import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.notices.support.NoticesTest;
import io.punctual.testing.ContractCheck;
import io.punctual.testing.ListedMeters;
import io.punctual.testing.RefusedChanges;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service offers exactly the operations that the API document says, and the meters
 * that are published.
 */
class ContractTests extends NoticesTest {

	@Autowired
	private ContractCheck contract;

	@Test
	void everyListedMeterIsThere(@Autowired MeterRegistry meters) {
		assertThat(ListedMeters.differences(meters, "notices")).isEmpty();
	}

	@Test
	void everyChangeThatIsRefusedIsInTheAudit() {
		assertThat(RefusedChanges.tryEach(this.api, "notices")).contains("POST /v1/notices/{noticeId}/updates");
	}

	@Test
	void everyOperationIsImplemented() {
		this.contract.everyOperationIsImplemented("notices");
	}

}
