package io.punctual.testing.sample;

import io.punctual.testing.Api;
import io.punctual.testing.ContractCheck;
import io.punctual.testing.PunctualTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

@PunctualTest
class SmokeTests {

	@Autowired
	private Api api;

	@Autowired
	private ContractCheck contract;

	@Test
	void createsAndReadsAThing() {
		String location = this.api.provider()
			.post()
			.uri("/v1/things")
			.header("Idempotency-Key", "smoke-1")
			.header("Content-Type", "application/json")
			.body("{\"name\":\"one\"}")
			.exchange()
			.expectStatus()
			.isCreated()
			.returnResult()
			.getResponseHeaders()
			.getFirst("Location");
		this.api.provider()
			.get()
			.uri(location)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("ETag", "\"v1\"");
		this.contract.everyOperationIsImplemented("sample");
	}

}
