package io.punctual.infrastructure.gateway;

import java.util.TreeSet;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FallbackStack}: that it can answer at all, for the API's own name.
 */
@NeedsNode
class FallbackStackTests {

	private final Template fallback = Synthesised.production().stack("Fallback");

	private final JsonNode distribution = this.fallback.only("AWS::CloudFront::Distribution").at("DistributionConfig");

	@Test
	void isOnAndAnswersByItsOwnFunction() {
		assertThat(this.distribution.path("Enabled").asBoolean(false)).isTrue();
		assertThat(this.distribution.at("/DefaultCacheBehavior/FunctionAssociations")).singleElement()
			.satisfies((association) -> assertThat(association.at("/FunctionARN/Fn::GetAtt/0").asString())
				.isEqualTo(this.fallback.only("AWS::CloudFront::Function").id()));
		assertThat(this.fallback.only("AWS::CloudFront::Function").at("AutoPublish").asBoolean(false)).isTrue();
	}

	/**
	 * CloudFront refuses a method that is not listed by a page of its own, which is no
	 * problem document.
	 */
	@Test
	void takesEveryMethod() {
		TreeSet<String> methods = new TreeSet<>();
		this.distribution.at("/DefaultCacheBehavior/AllowedMethods")
			.forEach((method) -> methods.add(method.asString()));
		assertThat(methods).containsExactly("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");
	}

	/**
	 * The other certificate of that name is in another region, where CloudFront does not
	 * look.
	 */
	@Test
	void showsACertificateOfTheApisNameThatTheDomainsZoneConfirms() {
		Resource certificate = this.fallback.only("AWS::CertificateManager::Certificate");
		assertThat(this.distribution.at("/ViewerCertificate/AcmCertificateArn/Ref").asString())
			.isEqualTo(certificate.id());
		assertThat(certificate.text("DomainName")).isEqualTo("api.punctual.example");
		assertThat(certificate.text("ValidationMethod")).isEqualTo("DNS");
		assertThat(certificate.text("DomainValidationOptions/0/DomainName")).isEqualTo("api.punctual.example");
		assertThat(certificate.text("DomainValidationOptions/0/HostedZoneId")).isEqualTo("Z000000PRODUCTION000");
		assertThat(this.fallback.only("AWS::Route53::RecordSet").text("HostedZoneId"))
			.isEqualTo("Z000000PRODUCTION000");
	}

	/**
	 * Nothing is fetched from anywhere, and were it, then by TLS.
	 */
	@Test
	void wouldAskItsOriginByTlsAndWritesDownWhoCame() {
		assertThat(this.distribution.at("/Origins/0/CustomOriginConfig/OriginProtocolPolicy").asString())
			.isEqualTo("https-only");
		assertThat(this.distribution.at("/Origins/0/CustomOriginConfig/OriginSSLProtocols").toString())
			.isEqualTo("[\"TLSv1.2\"]");
		assertThat(this.distribution.at("/DefaultCacheBehavior/TargetOriginId").asString())
			.isEqualTo(this.distribution.at("/Origins/0/Id").asString());
		Resource logs = this.fallback.only("AWS::S3::Bucket");
		assertThat(this.distribution.at("/Logging/Bucket/Fn::GetAtt/0").asString()).isEqualTo(logs.id());
		assertThat(logs.text("OwnershipControls/Rules/0/ObjectOwnership")).as("CloudFront logs by an access list")
			.isEqualTo("BucketOwnerPreferred");
	}

}
