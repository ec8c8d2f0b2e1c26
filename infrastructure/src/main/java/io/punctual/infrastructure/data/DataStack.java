package io.punctual.infrastructure.data;

import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/**
 * The database with its backups, and the key of the secrets that clients give us.
 */
public final class DataStack extends Named {

	private final Database database;

	private final Key secretsKey;

	public DataStack(Construct scope, Environment environment, NetworkStack network) {
		super(scope, "Data", "the database, its backups and the keys", environment);
		this.database = new Database(this, environment, network);
		new Backups(this, environment, this.database);
		this.secretsKey = Key.Builder.create(this, "SecretsKey")
			.alias("punctual/secrets")
			.description("Wraps the data keys of webhook secrets")
			.enableKeyRotation(true)
			.removalPolicy(RemovalPolicy.RETAIN)
			.build();
	}

	public Database database() {
		return this.database;
	}

	/**
	 * Wraps the data keys under which webhook secrets are sealed.
	 */
	public IKey secretsKey() {
		return this.secretsKey;
	}

}
