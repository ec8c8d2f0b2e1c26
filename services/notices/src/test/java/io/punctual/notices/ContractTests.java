package io.punctual.notices;

import io.punctual.notices.support.NoticesTest;
import io.punctual.testing.ContractCheck;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

/**
 * The service offers exactly the operations that the API document says.
 */
class ContractTests extends NoticesTest {

	@Autowired
	private ContractCheck contract;

	@Test
	void everyOperationIsImplemented() {
		this.contract.everyOperationIsImplemented("notices");
	}

}
