package io.punctual.infrastructure.domain;

import java.util.List;

import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.CertificateValidation;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.route53.PublicHostedZone;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.constructs.Construct;

/**
 * The domain: its zone, which somebody has to delegate, the certificates of the API and
 * of the names inside, and mail.
 */
public final class DomainStack extends Named {

	private final PublicHostedZone zone;

	private final Certificate apiCertificate;

	private final Certificate internalCertificate;

	private final Mail mail;

	public DomainStack(Construct scope, Environment environment) {
		super(scope, "Domain", "zone, certificates and mail", environment);
		this.zone = PublicHostedZone.Builder.create(this, "Zone").zoneName(environment.domain()).build();
		// Its name servers are in the parent zone.
		this.zone.applyRemovalPolicy(RemovalPolicy.RETAIN);
		this.apiCertificate = certificate("ApiCertificate", environment.apiHost());
		this.internalCertificate = certificate("InternalCertificate", "*." + environment.internalZone());
		this.mail = new Mail(this, environment, this.zone);
		CfnOutput.Builder.create(this, "NameServers")
			.description("To be entered at the parent domain.")
			.value(Fn.join(",",
					List.of(Fn.select(0, nameServers()), Fn.select(1, nameServers()), Fn.select(2, nameServers()),
							Fn.select(3, nameServers()))))
			.build();
		CfnOutput.Builder.create(this, "ZoneId")
			.description("To be entered in this environment's record.")
			.value(this.zone.getHostedZoneId())
			.build();
	}

	public IHostedZone zone() {
		return this.zone;
	}

	public ICertificate apiCertificate() {
		return this.apiCertificate;
	}

	/**
	 * For the names of {@link Environment#internalZone()}: a public certificate, which
	 * every client trusts.
	 */
	public ICertificate internalCertificate() {
		return this.internalCertificate;
	}

	public Mail mail() {
		return this.mail;
	}

	private List<String> nameServers() {
		List<String> servers = this.zone.getHostedZoneNameServers();
		if (servers == null) {
			throw new IllegalStateException("a public zone has name servers");
		}
		return servers;
	}

	private Certificate certificate(String id, String host) {
		return Certificate.Builder.create(this, id)
			.domainName(host)
			.validation(CertificateValidation.fromDns(this.zone))
			.build();
	}

}
