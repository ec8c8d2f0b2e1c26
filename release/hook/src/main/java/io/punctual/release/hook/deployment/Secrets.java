package io.punctual.release.hook.deployment;

import java.util.Map;

import io.punctual.release.hook.check.Caller.Credential;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Secrets, by the variable that names where each is kept.
 */
public final class Secrets {

	private final SecretsManagerClient client;

	private final Map<String, String> variables;

	Secrets(SecretsManagerClient client, Map<String, String> variables) {
		this.client = client;
		this.variables = variables;
	}

	public static Secrets ofEnvironment() {
		return new Secrets(SecretsManagerClient.create(), System.getenv());
	}

	/**
	 * Reads a secret.
	 * @param variable names it
	 * @return its text
	 */
	public String text(String variable) {
		String id = Settings.need(this.variables, variable);
		return this.client.getSecretValue((request) -> request.secretId(id)).secretString();
	}

	/**
	 * Keeps a secret.
	 * @param variable names it
	 * @param text its new text
	 */
	public void keep(String variable, String text) {
		String id = Settings.need(this.variables, variable);
		this.client.putSecretValue((request) -> request.secretId(id).secretString(text));
	}

	/**
	 * The credential that the checks call with, kept as
	 * {@code {"clientId":…,"clientSecret":…}}.
	 * @param variable names it
	 * @return the credential
	 */
	public Credential credential(String variable) {
		JsonNode kept = new JsonMapper().readTree(text(variable));
		return new Credential(Settings.need(this.variables, "PUNCTUAL_TOKEN_URI"), kept.path("clientId").asString(),
				kept.path("clientSecret").asString());
	}

}
