package io.punctual.infrastructure.compute;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.punctual.infrastructure.data.DataStack;
import io.punctual.infrastructure.domain.Mail;
import io.punctual.infrastructure.identity.IdentityStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Fleet;
import io.punctual.infrastructure.settings.Service;

/**
 * What an account fills into {@code taskdef.json}, by the names of its placeholders.
 */
public final class ReleaseSettings {

	private final Map<String, String> common = new LinkedHashMap<>();

	private final Environment environment;

	private final ComputeStack compute;

	private final IdentityStack identity;

	public ReleaseSettings(Environment environment, DataStack data, ComputeStack compute, IdentityStack identity,
			String usagePlan) {
		this.environment = environment;
		this.compute = compute;
		this.identity = identity;
		this.common.put("ARCHITECTURE", environment.platform().cpuArchitecture());
		this.common.put("REGION", environment.region());
		this.common.put("ZONE", environment.internalZone());
		this.common.put("DATABASE_HOST", data.database().host());
		this.common.put("DATABASE_OPTIONS", ComputeStack.DATABASE_OPTIONS);
		this.common.put("SECRETS_KEY", data.secretsKey().getKeyArn());
		this.common.put("IDENTITY_ISSUER", identity.issuer());
		this.common.put("IDENTITY_JWKS_URI", IdentityRelay.url(environment) + "/oauth2/jwks");
		this.common.put("IDENTITY_TOKEN_URI", IdentityRelay.url(environment) + "/oauth2/token");
		this.common.put("USER_POOL", identity.pool().getUserPoolId());
		this.common.put("USAGE_PLAN", usagePlan);
		this.common.put("API_HOST", environment.apiHost());
		this.common.put("MAIL_FROM", Mail.sender(environment));
		this.common.put("MAIL_CONFIGURATION_SET", Mail.CONFIGURATION);
		this.common.put("MAIL_EVENTS_QUEUE", Mail.eventsUrl(environment));
		this.common.put("MIGRATE_EXECUTION_ROLE", compute.migrate().executionRole().getRoleArn());
		this.common.put("MIGRATE_TASK_ROLE", compute.migrate().taskRole().getRoleArn());
	}

	/**
	 * Those of one service, with what all have in common.
	 */
	public Map<String, String> of(Service service) {
		Map<String, String> all = new LinkedHashMap<>(this.common);
		all.putAll(own(service));
		return all;
	}

	/**
	 * As lines {@code NAME=value}, {@code SERVICE.NAME=value} for one service's own.
	 */
	public String text() {
		return Stream
			.concat(this.common.entrySet().stream().map((value) -> value.getKey() + "=" + value.getValue()),
					Stream.of(Service.values())
						.flatMap((service) -> own(service).entrySet()
							.stream()
							.map((value) -> "%s.%s=%s".formatted(service.id(), value.getKey(), value.getValue()))))
			.collect(Collectors.joining("\n"));
	}

	private Map<String, String> own(Service service) {
		Fleet.Tasks tasks = this.environment.fleet().of(service);
		Map<String, String> own = new LinkedHashMap<>();
		own.put("CPU", String.valueOf(tasks.cpu()));
		own.put("MEMORY", String.valueOf(tasks.memoryMib()));
		own.put("EXECUTION_ROLE", this.compute.of(service).executionRole().getRoleArn());
		own.put("TASK_ROLE", this.compute.of(service).taskRole().getRoleArn());
		own.put("IDENTITY_CLIENT_ID", this.identity.of(service).clientId());
		own.put("IDENTITY_CLIENT_SECRET", this.identity.of(service).secret().getSecretArn());
		own.put("LOG_GROUP", this.compute.of(service).logGroup());
		return own;
	}

}
