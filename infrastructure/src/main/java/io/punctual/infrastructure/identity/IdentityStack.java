package io.punctual.infrastructure.identity;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cognito.AccountRecovery;
import software.amazon.awscdk.services.cognito.CfnUserPoolClient;
import software.amazon.awscdk.services.cognito.CognitoDomainOptions;
import software.amazon.awscdk.services.cognito.FeaturePlan;
import software.amazon.awscdk.services.cognito.IUserPool;
import software.amazon.awscdk.services.cognito.Mfa;
import software.amazon.awscdk.services.cognito.MfaSecondFactor;
import software.amazon.awscdk.services.cognito.PasswordPolicy;
import software.amazon.awscdk.services.cognito.ResourceServerScope;
import software.amazon.awscdk.services.cognito.SignInAliases;
import software.amazon.awscdk.services.cognito.UserPool;
import software.amazon.awscdk.services.cognito.UserPoolDomain;
import software.amazon.awscdk.services.cognito.UserPoolDomainOptions;
import software.amazon.awscdk.services.cognito.UserPoolResourceServer;
import software.amazon.awscdk.services.cognito.UserPoolResourceServerOptions;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/**
 * The issuer of tokens. Clients' machines get theirs from {@code clients}, which makes
 * and revokes them by Cognito's API; the services' own and the staff's are made here.
 */
public final class IdentityStack extends Named {

	private static final Map<String, String> SCOPES = Map.of("provider.read", "Read everything", "provider.write",
			"Publish and change", "client", "What concerns the caller's own client", "internal", "Service to service");

	private final Environment environment;

	private final UserPool pool;

	private final UserPoolResourceServer server;

	private final UserPoolDomain domain;

	private final Map<Service, MachineClient> services = new EnumMap<>(Service.class);

	public IdentityStack(Construct scope, Environment environment) {
		super(scope, "Identity", "the issuer of tokens", environment);
		this.environment = environment;
		this.pool = UserPool.Builder.create(this, "Pool")
			.userPoolName("punctual")
			.featurePlan(FeaturePlan.ESSENTIALS)
			.selfSignUpEnabled(false)
			.signInAliases(SignInAliases.builder().email(true).build())
			.mfa(Mfa.REQUIRED)
			.mfaSecondFactor(MfaSecondFactor.builder().otp(true).sms(false).build())
			.accountRecovery(AccountRecovery.EMAIL_ONLY)
			.passwordPolicy(PasswordPolicy.builder()
				.minLength(14)
				.requireDigits(true)
				.requireLowercase(true)
				.requireUppercase(true)
				.requireSymbols(true)
				.tempPasswordValidity(Duration.days(1))
				.build())
			.deletionProtection(true)
			.removalPolicy(RemovalPolicy.RETAIN)
			.build();
		Explained.exception(this.pool, "AwsSolutions-COG3",
				"Threat protection is of the plan Plus and judges people's sign-ins; a handful of staff sign in here, "
						+ "each with a second factor.");
		this.server = this.pool.addResourceServer("Scopes",
				UserPoolResourceServerOptions.builder()
					.identifier("punctual")
					.scopes(SCOPES.entrySet()
						.stream()
						.sorted(Map.Entry.comparingByKey())
						.map((granted) -> ResourceServerScope.Builder.create()
							.scopeName(granted.getKey())
							.scopeDescription(granted.getValue())
							.build())
						.toList())
					.build());
		this.domain = this.pool.addDomain("Domain",
				UserPoolDomainOptions.builder()
					.cognitoDomain(CognitoDomainOptions.builder()
						// One name for all accounts of a region: ours is nobody else's.
						.domainPrefix("punctual-%s-%s".formatted(environment.name(), environment.account()))
						.build())
					.build());
		for (Service service : Service.values()) {
			this.services.put(service, machine(service.id(), "internal"));
		}
		staff();
	}

	public IUserPool pool() {
		return this.pool;
	}

	/**
	 * Whose tokens are believed.
	 */
	public String issuer() {
		return "https://cognito-idp.%s.amazonaws.com/%s".formatted(this.environment.region(),
				this.pool.getUserPoolId());
	}

	public String tokenUri() {
		return "https://%s.auth.%s.amazoncognito.com/oauth2/token".formatted(this.domain.getDomainName(),
				this.environment.region());
	}

	/**
	 * A service's own credential.
	 */
	public MachineClient of(Service service) {
		MachineClient client = this.services.get(service);
		if (client == null) {
			throw new IllegalStateException("no credential for " + service.id());
		}
		return client;
	}

	/**
	 * A machine that calls, with its secret in the Secrets Manager.
	 * @param scopes of the resource server, such as {@code provider.write}
	 */
	public MachineClient machine(String name, String... scopes) {
		return new MachineClient(this, name, this.pool, this.server, List.of(scopes));
	}

	/**
	 * People sign in by authorization code, so that what they do has their name.
	 */
	private void staff() {
		CfnUserPoolClient staff = CfnUserPoolClient.Builder.create(this, "Staff")
			.userPoolId(this.pool.getUserPoolId())
			.clientName("staff")
			.generateSecret(false)
			.allowedOAuthFlowsUserPoolClient(true)
			.allowedOAuthFlows(List.of("code"))
			.allowedOAuthScopes(List.of("openid", "email", "punctual/provider.read", "punctual/provider.write"))
			.supportedIdentityProviders(List.of("COGNITO"))
			.callbackUrLs(List.of("https://console." + this.environment.domain() + "/callback"))
			.logoutUrLs(List.of("https://console." + this.environment.domain() + "/"))
			.enableTokenRevocation(true)
			.preventUserExistenceErrors("ENABLED")
			.accessTokenValidity(60)
			.idTokenValidity(60)
			.refreshTokenValidity(12)
			.tokenValidityUnits(CfnUserPoolClient.TokenValidityUnitsProperty.builder()
				.accessToken("minutes")
				.idToken("minutes")
				.refreshToken("hours")
				.build())
			.build();
		staff.getNode().addDependency(this.server);
	}

}
