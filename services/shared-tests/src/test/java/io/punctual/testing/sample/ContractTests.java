package io.punctual.testing.sample;

import io.punctual.testing.ContractCheck;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

class ContractTests extends SampleTest {

	@Autowired
	private ContractCheck contract;

	@Test
	void everyOperationIsImplementedAndDocumented() {
		this.contract.everyOperationIsImplemented("sample");
	}

}
