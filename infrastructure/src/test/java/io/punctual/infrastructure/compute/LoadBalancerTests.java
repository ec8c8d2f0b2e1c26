package io.punctual.infrastructure.compute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoadBalancer} and for the listener of {@link IdentityRelay}.
 */
@NeedsNode
class LoadBalancerTests {

	private final Template compute = Synthesised.production().stack("Compute");

	private final Resource balancer = this.compute.only("AWS::ElasticLoadBalancingV2::LoadBalancer");

	@Test
	void answersFromWithinOnlyInEachZone() {
		assertThat(this.balancer.text("Scheme")).isEqualTo("internal");
		assertThat(this.balancer.text("Type")).isEqualTo("application");
		assertThat(this.balancer.at("Subnets")).hasSize(3)
			.allSatisfy((subnet) -> assertThat(subnet.toString()).contains("Vpcinner"));
		assertThat(this.balancer.at("SecurityGroups")).singleElement()
			.satisfies((group) -> assertThat(group.toString()).contains("GroupsLoadBalancer"));
	}

	/**
	 * A long poll answers after 25 s, and nobody else would notice that it was cut off.
	 */
	@Test
	void cannotBeDeletedLogsDropsWhatIsNoHeaderAndWaitsLongerThanALongPoll() {
		Map<String, String> attributes = new TreeMap<>();
		this.balancer.at("LoadBalancerAttributes")
			.forEach((one) -> attributes.put(one.path("Key").asString(),
					one.path("Value").asString(one.at("/Value/Ref").asString(""))));
		assertThat(attributes).containsEntry("deletion_protection.enabled", "true")
			.containsEntry("routing.http.drop_invalid_header_fields.enabled", "true")
			.containsEntry("access_logs.s3.enabled", "true")
			.containsEntry("access_logs.s3.bucket", this.compute.only("AWS::S3::Bucket").id())
			.containsEntry("idle_timeout.timeout_seconds", "60");
		// It tries to write as it is told to log.
		assertThat(this.balancer.json().path("DependsOn").toString())
			.contains(this.compute.only("AWS::S3::BucketPolicy").id());
	}

	@Test
	void relaysTokensByAListenerOfItsOwnToAFunctionThatOnlyTheLoadBalancerCalls() {
		Resource function = this.compute.only("AWS::Lambda::Function");
		Resource permission = this.compute.only("AWS::Lambda::Permission");
		assertThat(permission.text("Principal")).isEqualTo("elasticloadbalancing.amazonaws.com");
		assertThat(permission.text("SourceAccount")).isEqualTo("222222222222");
		assertThat(permission.mentions(function.id())).isTrue();
		Resource target = this.compute.only("AWS::ElasticLoadBalancingV2::TargetGroup");
		assertThat(target.text("TargetType")).isEqualTo("lambda");
		assertThat(target.at("Targets").toString()).contains(function.id());
		assertThat(target.json().path("DependsOn").toString()).contains("\"" + permission.id() + "\"");
		Resource listener = this.compute.only("AWS::ElasticLoadBalancingV2::Listener");
		assertThat(listener.text("LoadBalancerArn/Ref")).isEqualTo(this.balancer.id());
		assertThat(listener.at("Port").asInt()).isEqualTo(8449);
		assertThat(listener.text("Protocol")).isEqualTo("HTTPS");
		assertThat(listener.text("SslPolicy")).isEqualTo(LoadBalancer.TLS_POLICY).contains("TLS13-1-2");
		assertThat(listener.at("Certificates")).singleElement()
			.satisfies((certificate) -> assertThat(certificate.toString()).contains("Domain:", "InternalCertificate"));
		assertThat(listener.text("DefaultActions/0/Type")).isEqualTo("forward");
		assertThat(listener.text("DefaultActions/0/TargetGroupArn/Ref")).isEqualTo(target.id());
	}

	/**
	 * Its own patience ends before the function's time does.
	 */
	@Test
	void relayIsToldWhereTheIssuerIsAndHasTheTimeToAskIt() throws IOException {
		Resource function = this.compute.only("AWS::Lambda::Function");
		String code = Files.readString(Path.of("src/main/resources/identity-relay/index.js"));
		assertThat(function.text("Code/ZipFile")).isEqualTo(code);
		assertThat(function.text("Handler")).isEqualTo("index.handler");
		Set<String> read = new TreeSet<>();
		Pattern.compile("process\\.env\\.([A-Z_]+)").matcher(code).results().forEach((one) -> read.add(one.group(1)));
		assertThat(function.at("Environment/Variables").propertyNames()).containsExactlyInAnyOrderElementsOf(read);
		assertThat(function.at("Environment/Variables/TOKEN_URI").toString()).contains("/oauth2/token");
		assertThat(function.at("Environment/Variables/JWKS_URI").toString()).contains("/.well-known/jwks.json");
		assertThat(code).contains("AbortSignal.timeout(8000)");
		assertThat(function.at("Timeout").asInt()).isBetween(9, 15);
	}

}
