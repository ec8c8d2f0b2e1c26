package io.punctual.release.hook.deployment;

import java.util.Map;

import io.punctual.release.hook.check.Caller.Credential;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

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
	 * The credential that the checks call with: {@code PUNCTUAL_CLIENT_ID} and the
	 * secret.
	 * @param variable names the secret
	 * @return the credential
	 */
	public Credential credential(String variable) {
		return new Credential(Settings.need(this.variables, "PUNCTUAL_TOKEN_URI"),
				Settings.need(this.variables, "PUNCTUAL_CLIENT_ID"), text(variable));
	}

}
