package io.punctual.infrastructure.traffic;

import java.util.EnumMap;
import java.util.Map;

import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.compute.ComputeStack;
import io.punctual.infrastructure.compute.ReleaseSettings;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.CfnParameter;
import software.constructs.Construct;

/**
 * Listeners, target groups and services. Made by the first release with the images it has
 * just built; from then on they are CodeDeploy's, a stack policy denies their updates and
 * a snapshot keeps this code from changing.
 */
public final class TrafficStack extends Named {

	private final Map<Service, ServiceTraffic> services = new EnumMap<>(Service.class);

	public TrafficStack(Construct scope, Environment environment, NetworkStack network, ComputeStack compute,
			ReleaseSettings settings) {
		super(scope, "Traffic", "what CodeDeploy moves; never updated", environment);
		CfnParameter release = CfnParameter.Builder.create(this, "Release")
			.description("The commit of the first release")
			.build();
		for (Service service : Service.values()) {
			CfnParameter image = CfnParameter.Builder.create(this, service.title() + "Image")
				.description("The first image, by digest")
				.allowedPattern(".+@sha256:[0-9a-f]{64}")
				.build();
			Map<String, String> values = settings.of(service);
			values.put("SERVICE", service.id());
			values.put("RELEASE", release.getValueAsString());
			values.put("IMAGE", image.getValueAsString());
			this.services.put(service, new ServiceTraffic(this, environment, service, network, compute, values));
		}
	}

	public ServiceTraffic of(Service service) {
		ServiceTraffic traffic = this.services.get(service);
		if (traffic == null) {
			throw new IllegalStateException("no traffic for " + service.id());
		}
		return traffic;
	}

}
