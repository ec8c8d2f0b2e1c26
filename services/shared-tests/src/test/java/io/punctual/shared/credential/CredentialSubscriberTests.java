package io.punctual.shared.credential;

import java.time.Instant;
import java.util.List;

import io.punctual.shared.contract.CredentialUpserted;
import io.punctual.shared.events.Event;
import io.punctual.shared.security.CredentialDirectory;
import io.punctual.testing.PunctualTest;
import io.punctual.testing.sample.SampleApplication;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@PunctualTest(classes = SampleApplication.class)
class CredentialSubscriberTests {

	@Autowired
	private CredentialSubscriber subscriber;

	@Autowired
	private CredentialDirectory directory;

	@Test
	void knowsTheClientOfAnActiveCredentialOnly() {
		this.subscriber.apply(List.of(event("crd_1", "oauth-a", "ACTIVE"), event("crd_2", "oauth-b", "ACTIVE")));
		assertThat(this.directory.clientOf("oauth-a")).contains("cli_1");
		this.subscriber.apply(List.of(event("crd_1", "oauth-a", "REVOKED")));
		assertThat(this.directory.clientOf("oauth-a")).isEmpty();
		assertThat(this.directory.clientOf("oauth-b")).contains("cli_1");
		assertThat(this.directory.clientOf("OAUTH-B")).isEmpty();
	}

	@Test
	void knowsWhoseAnApiKeyIs() {
		this.subscriber.apply(List.of(event("crd_5", "oauth-e", "ACTIVE")));
		assertThat(this.directory.clientOfApiKey("key-oauth-e")).contains("cli_1");
		assertThat(this.directory.clientOfApiKey("key-oauth-f")).isEmpty();
		this.subscriber.apply(List.of(event("crd_5", "oauth-e", "REVOKED")));
		assertThat(this.directory.clientOfApiKey("key-oauth-e")).isEmpty();
	}

	@Test
	void beginsAnewWithASnapshot() {
		this.subscriber.apply(List.of(event("crd_3", "oauth-c", "ACTIVE")));
		this.subscriber.startSnapshot();
		assertThat(this.directory.clientOf("oauth-c")).isEmpty();
	}

	private static Event event(String id, String oauthClientId, String state) {
		return new Event(1, id, "clients", CredentialUpserted.TYPE, id, Instant.now(), "cor",
				JsonMapper.shared()
					.readTree("{\"credentialId\":\"" + id + "\",\"oauthClientId\":\"" + oauthClientId
							+ "\",\"clientId\":\"cli_1\",\"state\":\"" + state + "\",\"apiKeyId\":\"key-"
							+ oauthClientId + "\",\"later\":1}"));
	}

}
