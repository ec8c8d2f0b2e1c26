package io.punctual.infrastructure.compute;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

import io.punctual.infrastructure.settings.Repository;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ComputeStack} and {@link SettingsStack}.
 */
@NeedsNode
class ComputeStackTests {

	private final Template compute = Synthesised.production().stack("Compute");

	@Test
	void keepsImagesAsTheyWerePushedAndLooksIntoThem() {
		assertThat(this.compute.all("AWS::ECR::Repository")).hasSize(4).allSatisfy((repository) -> {
			assertThat(repository.text("ImageTagMutability")).isEqualTo("IMMUTABLE");
			assertThat(repository.at("ImageScanningConfiguration/ScanOnPush").asBoolean()).isTrue();
			assertThat(repository.text("LifecyclePolicy/LifecyclePolicyText")).contains("untagged");
			assertThat(repository.json().path("DeletionPolicy").asString()).isEqualTo("RetainExceptOnCreate");
		})
			.extracting((repository) -> repository.text("RepositoryName"))
			.containsExactlyInAnyOrder("punctual/clients", "punctual/notices", "punctual/delivery", "punctual/sla");
	}

	@Test
	void keepsAHundredReleasesWithAllThatIsPushedOfEach() throws Exception {
		String signing = Files.readString(Repository.file("release/sign"));
		long ofARelease = 1 + signing.lines().filter((line) -> line.strip().matches("cosign (sign|attest) .*")).count();
		assertThat(ofARelease).isEqualTo(3);
		assertThat(this.compute.all("AWS::ECR::Repository")).allSatisfy((repository) -> {
			JsonNode rules = JsonMapper.builder()
				.build()
				.readTree(repository.text("LifecyclePolicy/LifecyclePolicyText"))
				.get("rules");
			JsonNode any = rules.get(rules.size() - 1).get("selection");
			assertThat(any.get("tagStatus").asString()).isEqualTo("any");
			assertThat(any.get("countType").asString()).isEqualTo("imageCountMoreThan");
			assertThat(any.get("countNumber").asLong()).isGreaterThanOrEqualTo(ImageRepository.RELEASES * ofARelease);
			// No other rule may take away what has a tag.
			rules.forEach((rule) -> assertThat(rule.at("/selection/tagStatus").asString()).isIn("any", "untagged"));
		});
	}

	/**
	 * An account that never had a cluster has no role of ECS, which is made as the first
	 * cluster is, and a cluster with providers of capacity needs it at once.
	 */
	@Test
	void needsNoRoleThatAnEmptyAccountDoesNotHave() throws Exception {
		assertThat(this.compute.only("AWS::ECS::Cluster").at("CapacityProviders").isMissingNode()).isTrue();
		assertThat(Files.readString(Repository.file("docs/bootstrap.md")))
			.contains("aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com");
	}

	@Test
	void namesTheLoadBalancerByEachServicesName() {
		assertThat(this.compute.all("AWS::ServiceDiscovery::Service")).allSatisfy((name) -> {
			assertThat(name.text("DnsConfig/RoutingPolicy")).isEqualTo("WEIGHTED");
			assertThat(name.text("DnsConfig/DnsRecords/0/Type")).isEqualTo("A");
			assertThat(name.at("HealthCheckConfig").isMissingNode()).isTrue();
			assertThat(name.at("HealthCheckCustomConfig").isMissingNode()).isTrue();
		})
			.extracting((name) -> name.text("Name"))
			.containsExactlyInAnyOrder("clients", "notices", "delivery", "sla", "identity");
		assertThat(this.compute.all("AWS::ServiceDiscovery::Instance")).hasSize(5)
			.allSatisfy((instance) -> assertThat(instance.at("InstanceAttributes/AWS_ALIAS_DNS_NAME").toString())
				.contains("LoadBalancer", "DNSName"));
		Resource namespace = this.compute.only("AWS::ServiceDiscovery::PrivateDnsNamespace");
		assertThat(namespace.text("Name")).isEqualTo("svc.punctual.example");
		assertThat(namespace.at("Vpc").toString()).contains("Network:ExportsOutputRefVpc");
		List<Resource> names = this.compute.all("AWS::ServiceDiscovery::Service");
		assertThat(names).allSatisfy((name) -> {
			assertThat(name.text("NamespaceId/Fn::GetAtt/0")).isEqualTo(namespace.id());
			// A load balancer's addresses change.
			assertThat(name.at("DnsConfig/DnsRecords/0/TTL").asInt()).isEqualTo(60);
		});
		assertThat(this.compute.all("AWS::ServiceDiscovery::Instance"))
			.extracting((instance) -> instance.text("ServiceId/Fn::GetAtt/0"))
			.containsExactlyInAnyOrderElementsOf(names.stream().map(Resource::id).toList());
	}

	@ParameterizedTest
	@EnumSource(Service.class)
	void letsAServiceIntoTheDatabaseAsItselfOnly(Service service) {
		assertThat(statements(service.title() + "TaskRole", "rds-db:connect")).singleElement()
			.satisfies((statement) -> assertThat(statement.path("Resource").asString(""))
				.isEqualTo("arn:aws:rds-db:eu-west-1:222222222222:dbuser:*/" + service.id()));
	}

	@ParameterizedTest
	@EnumSource(Service.class)
	void opensAndSealsSecretsInTheirOwnContextOnly(Service service) throws Exception {
		assertThat(
				Files.readString(Repository.file("services/aws/src/main/java/io/punctual/aws/secret/KmsDataKeys.java")))
			.contains("CONTEXT = Map.of(\"punctual\", \"secrets\")");
		assertThat(statements(service.title() + "TaskRole", "kms:"))
			.filteredOn((statement) -> statement.get("Resource").toString().contains("SecretsKey"))
			.hasSize((service != Service.NOTICES) ? 1 : 0)
			.allSatisfy((statement) -> assertThat(statement.at("/Condition/StringEquals").toString())
				.isEqualTo("{\"kms:EncryptionContext:punctual\":\"secrets\"}"));
	}

	@Test
	void letsEcsTakeTheRolesOfTasksForThisAccountsOnly() {
		List<Resource> roles = Synthesised.production()
			.all("AWS::IAM::Role")
			.stream()
			.filter((role) -> role.at("AssumeRolePolicyDocument").toString().contains("ecs-tasks.amazonaws.com"))
			.toList();
		// Two of each service and of migrations, one of the drill's checks.
		assertThat(roles).hasSize(11)
			.allSatisfy((role) -> assertThat(
					role.text("AssumeRolePolicyDocument/Statement/0/Condition/StringEquals/aws:SourceAccount"))
				.isEqualTo("222222222222"));
	}

	@ParameterizedTest
	@EnumSource(Service.class)
	void letsOnlyClientsIssueCredentials(Service service) {
		assertThat(policy(service.title() + "TaskRole").contains("cognito-idp:")).isEqualTo(service == Service.CLIENTS);
	}

	@ParameterizedTest
	@EnumSource(Service.class)
	void letsOnlyDeliveryReadWhatBecameOfMail(Service service) {
		assertThat(policy(service.title() + "TaskRole").contains("sqs:ReceiveMessage"))
			.isEqualTo(service == Service.DELIVERY);
	}

	@Test
	void letsDeliverySendAsOneSenderAndDoNoMoreToTheQueueThanItsReader() {
		assertThat(policy("DeliveryTaskRole"))
			.contains("\"Action\":[\"sqs:DeleteMessage\",\"sqs:ReceiveMessage\"]",
					"\"Condition\":{\"StringEquals\":{\"ses:FromAddress\":\"updates@punctual.example\"}}",
					"configuration-set/")
			.doesNotContain("sqs:SendMessage", "sqs:PurgeQueue", "sqs:GetQueueAttributes");
	}

	@Test
	void tellsDeliveryTheQueueThatItsEventsAreIn() {
		String settings = Synthesised.production().stack("Settings").only("AWS::SSM::Parameter").json().toString();
		assertThat(settings).contains(
				"MAIL_EVENTS_QUEUE=https://sqs.eu-west-1.amazonaws.com/222222222222/punctual-mail-events",
				"MAIL_CONFIGURATION_SET=punctual", "MAIL_FROM=updates@punctual.example",
				"API_HOST=api.punctual.example");
	}

	@ParameterizedTest
	@EnumSource(Service.class)
	void letsOnlyThoseSealWhoHaveSecretsOfTheirOwn(Service service) {
		assertThat(policy(service.title() + "TaskRole").contains("kms:GenerateDataKey"))
			.isEqualTo(service == Service.CLIENTS || service == Service.SLA);
	}

	/**
	 * Each runs as a task of the one role, with another service's image and log.
	 */
	@Test
	void letsMigrationsStartWithTheImageAndLogOfEachService() {
		String started = statements("MigrateExecutionRole", "ecr:BatchGetImage").toString();
		String logged = statements("MigrateExecutionRole", "logs:PutLogEvents").toString();
		for (Service service : Service.values()) {
			assertThat(started).contains("\"Images" + service.title() + "Repository", "ecr:GetDownloadUrlForLayer",
					"ecr:BatchCheckLayerAvailability");
			assertThat(logged).contains("\"" + service.title() + "Log", "logs:CreateLogStream");
		}
		assertThat(statements("MigrateExecutionRole", "ecr:GetAuthorizationToken")).hasSize(1);
	}

	@Test
	void letsClientsMakeAndTakeBackKeysOfApiGateway() {
		String gateway = "arn:aws:apigateway:eu-west-1::/";
		assertThat(statements("ClientsTaskRole", "apigateway:POST")).singleElement().satisfies((statement) -> {
			assertThat(statement.get("Action").toString()).isEqualTo("[\"apigateway:GET\",\"apigateway:POST\"]");
			assertThat(statement.get("Resource").toString())
				.isEqualTo("[\"" + gateway + "apikeys\",\"" + gateway + "usageplans/*/keys\"]");
		});
		assertThat(statements("ClientsTaskRole", "apigateway:DELETE")).singleElement().satisfies((statement) -> {
			assertThat(statement.get("Action").toString()).isEqualTo("[\"apigateway:DELETE\",\"apigateway:GET\"]");
			assertThat(statement.get("Resource").asString()).isEqualTo(gateway + "apikeys/*");
		});
	}

	@Test
	void letsDeliverySendFromTheDomainAndReadTheEncryptedQueue() {
		assertThat(statements("DeliveryTaskRole", "ses:")).singleElement()
			.satisfies((statement) -> assertThat(statement.get("Resource").toString()).contains(":identity/",
					"configuration-set/"));
		assertThat(statements("DeliveryTaskRole", "kms:Decrypt")).hasSize(2)
			.anySatisfy((statement) -> assertThat(statement.get("Resource").toString()).contains("Domain:", "MailKey"));
	}

	@Test
	void letsMigrationsReadTheMasterSecretAndNobodyElse() {
		assertThat(this.compute.all("AWS::IAM::Policy"))
			.filteredOn((policy) -> policy.json().toString().contains("rds!"))
			.extracting(Resource::id)
			.singleElement()
			.asString()
			.startsWith("MigrateExecutionRole");
		assertThat(statements("MigrateExecutionRole", "secretsmanager:")).singleElement()
			.satisfies((statement) -> assertThat(statement.path("Resource").asString(""))
				.isEqualTo("arn:aws:secretsmanager:eu-west-1:222222222222:secret:rds!db-*"));
		// Of all secrets of that name, what the database's key encrypts.
		assertThat(statements("MigrateExecutionRole", "kms:")).singleElement().satisfies((statement) -> {
			assertThat(statement.get("Resource").toString()).contains("DatabaseKey");
			assertThat(statement.at("/Condition/StringEquals/kms:ViaService").asString(""))
				.isEqualTo("secretsmanager.eu-west-1.amazonaws.com");
		});
	}

	@Test
	void keepsNoLogForEver() {
		for (Template template : Synthesised.production().stacks().values()) {
			assertThat(template.all("AWS::Logs::LogGroup"))
				.allSatisfy((group) -> assertThat(group.at("RetentionInDays").asInt(0)).as(group.id()).isPositive());
		}
	}

	@Test
	void settlesEveryPlaceholderOfTheReleasesTemplates() throws Exception {
		String settings = Synthesised.production().stack("Settings").only("AWS::SSM::Parameter").at("Value").toString();
		String templates = Files.readString(Repository.file("taskdef.json"))
				+ Files.readString(Repository.file("release/services.json"))
				+ Files.readString(Repository.file("release/migrate-taskdef.json"));
		// The secret's is Data's own parameter.
		List<String> elsewhere = List.of("SERVICE", "IMAGE", "RELEASE", "DATABASE_MASTER_SECRET");
		Pattern.compile("\\$\\{([A-Z_]+)}")
			.matcher(templates)
			.results()
			.map((placeholder) -> placeholder.group(1))
			.distinct()
			.filter((name) -> !elsewhere.contains(name))
			.forEach((name) -> assertThat(settings).containsPattern("(\\\\n|\"|\\.)" + name + "="));
	}

	/**
	 * A role's statements with an action that begins so.
	 */
	private List<JsonNode> statements(String role, String action) {
		List<JsonNode> statements = new java.util.ArrayList<>();
		this.compute.named("AWS::IAM::Policy", role + "DefaultPolicy")
			.at("PolicyDocument/Statement")
			.forEach(statements::add);
		return statements.stream()
			.filter((statement) -> statement.get("Action").toString().contains("\"" + action))
			.toList();
	}

	private String policy(String role) {
		return this.compute.all("AWS::IAM::Policy")
			.stream()
			.filter((policy) -> policy.id().startsWith(role + "DefaultPolicy"))
			.map((policy) -> policy.at("PolicyDocument").toString())
			.findFirst()
			.orElseThrow();
	}

}
