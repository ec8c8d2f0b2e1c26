package io.punctual.infrastructure.compute;

import java.util.List;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.common.TaskRole;
import io.punctual.infrastructure.data.DataStack;
import io.punctual.infrastructure.domain.DomainStack;
import io.punctual.infrastructure.domain.Mail;
import io.punctual.infrastructure.identity.IdentityStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * What a service may do, statement by statement, and where it logs.
 */
public final class ServiceRights extends Construct {

	private final Environment environment;

	private final LogGroup log;

	private final ImageRepository images;

	private final Role execution;

	private final Role task;

	ServiceRights(Construct scope, Environment environment, Service service, ImageRepository images, DataStack data,
			DomainStack domain, IdentityStack identity) {
		super(scope, service.title());
		this.environment = environment;
		this.images = images;
		this.log = Logs.group(this, "Log", "/punctual/" + service.id(), environment);
		this.execution = TaskRole.create(this, "ExecutionRole", environment);
		allowToStart(this.execution);
		identity.of(service).secret().grantRead(this.execution);
		this.task = TaskRole.create(this, "TaskRole", environment);
		this.task.addToPolicy(statement(List.of("rds-db:connect"), arn("rds-db", "dbuser:*/" + service.id())));
		Explained.wildcard(this.task, "Resource::.*:dbuser:\\*/" + service.id(),
				"A restored database has another id, and nobody can wait for its policies then; the user is named, and "
						+ "the group of the tasks reaches no other database.");
		this.task.addToPolicy(PolicyStatement.Builder.create()
			.actions(List.of("cloudwatch:PutMetricData"))
			.resources(List.of("*"))
			.conditions(Ordered.map("StringEquals", Ordered.map("cloudwatch:namespace", "Punctual")))
			.build());
		Explained.wildcard(this.task, "Resource::\\*", "PutMetricData takes no resource; the namespace is fixed.");
		switch (service) {
			case CLIENTS -> {
				// Seals secrets and addresses, and can open none.
				this.task.addToPolicy(sealed(data, "kms:GenerateDataKey"));
				issueCredentials(identity);
			}
			case DELIVERY -> {
				this.task.addToPolicy(sealed(data, "kms:Decrypt"));
				mail(domain.mail());
			}
			// Seals the key that statements are signed with.
			case SLA -> this.task.addToPolicy(sealed(data, "kms:GenerateDataKey", "kms:Decrypt"));
			default -> {
			}
		}
	}

	/**
	 * What a task of this service needs to start: its image, its log, its credential.
	 */
	public IRole executionRole() {
		return this.execution;
	}

	public IRole taskRole() {
		return this.task;
	}

	public String logGroup() {
		return this.log.getLogGroupName();
	}

	void allowToStart(Role role) {
		this.images.repository().grantPull(role);
		role.addToPolicy(statement(List.of("logs:CreateLogStream", "logs:PutLogEvents"), this.log.getLogGroupArn()));
		Explained.wildcard(role, "Resource::\\*", "ecr:GetAuthorizationToken takes no resource.");
	}

	/**
	 * Sends mail as one sender, and reads and deletes what became of it.
	 */
	private void mail(Mail mail) {
		this.task
			.addToPolicy(statement(List.of("sqs:ReceiveMessage", "sqs:DeleteMessage"), mail.events().getQueueArn()));
		this.task.addToPolicy(statement(List.of("kms:Decrypt"), mail.key().getKeyArn()));
		// A raw message is judged by the second, too, whichever API it comes by.
		this.task.addToPolicy(PolicyStatement.Builder.create()
			.actions(List.of("ses:SendEmail", "ses:SendRawEmail"))
			.resources(List.of(mail.identity().getEmailIdentityArn(),
					arn("ses", "configuration-set/" + mail.configuration().getConfigurationSetName())))
			.conditions(Ordered.map("StringEquals", Ordered.map("ses:FromAddress", Mail.sender(this.environment))))
			.build());
	}

	/**
	 * Makes and revokes clients' credentials and API keys, and nothing else in Cognito.
	 */
	private void issueCredentials(IdentityStack identity) {
		this.task.addToPolicy(statement(List.of("cognito-idp:CreateUserPoolClient", "cognito-idp:DeleteUserPoolClient",
				"cognito-idp:ListUserPoolClients"), identity.pool().getUserPoolArn()));
		String gateway = "arn:aws:apigateway:%s::".formatted(this.environment.region());
		this.task.addToPolicy(statement(List.of("apigateway:POST", "apigateway:GET"), gateway + "/apikeys",
				gateway + "/usageplans/*/keys"));
		this.task.addToPolicy(statement(List.of("apigateway:GET", "apigateway:DELETE"), gateway + "/apikeys/*"));
		Explained.wildcard(this.task, "Resource::arn:aws:apigateway:.*::/apikeys/\\*",
				"Keys' ids are made by API Gateway, one for each credential.");
		Explained.wildcard(this.task, "Resource::arn:aws:apigateway:.*::/usageplans/\\*/keys",
				"The plan is made after the services; only keys can be added to it.");
	}

	/**
	 * The key of secrets, in the context that all are sealed in.
	 */
	private static PolicyStatement sealed(DataStack data, String... actions) {
		return PolicyStatement.Builder.create()
			.actions(List.of(actions))
			.resources(List.of(data.secretsKey().getKeyArn()))
			.conditions(Ordered.map("StringEquals", Ordered.map("kms:EncryptionContext:punctual", "secrets")))
			.build();
	}

	private String arn(String service, String resource) {
		return "arn:aws:%s:%s:%s:%s".formatted(service, this.environment.region(), this.environment.account(),
				resource);
	}

	private static PolicyStatement statement(List<String> actions, String... resources) {
		return PolicyStatement.Builder.create().actions(actions).resources(List.of(resources)).build();
	}

}
