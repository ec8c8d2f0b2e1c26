package io.punctual.infrastructure;

import java.nio.file.Path;
import java.util.Map;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackProps;
import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Place;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Validations;

/**
 * Synthesises the stacks of all environments, without a network and without the CDK's
 * command line.
 */
public final class PunctualApp {

	/**
	 * Behaviour of the CDK that would otherwise be its older one. What Traffic takes of
	 * other stacks must not be replaced under it: references are strong.
	 */
	private static final Map<String, Object> FLAGS = Ordered.map("@aws-cdk/aws-iam:minimizePolicies", true,
			"@aws-cdk/core:validateAgainstDefaultRules", true, "@aws-cdk/core:defaultCrossStackReferences", "strong",
			"@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true);

	private PunctualApp() {
	}

	/**
	 * Synthesises the environments where they are, into the folder that is named by the
	 * only argument; without one, where the CDK's command line wants it.
	 */
	public static void main(String[] args) {
		synthesise((args.length > 0) ? Path.of(args[0]) : null, Environment.staging().at(Place.of("staging")),
				Environment.production().at(Place.of("production")));
	}

	/**
	 * Synthesises the given environments, each into a folder {@code assembly-NAME}.
	 */
	public static void synthesise(@Nullable Path to, Environment... environments) {
		AppProps.Builder properties = AppProps.builder().analyticsReporting(false).treeMetadata(false).context(FLAGS);
		if (to != null) {
			properties.outdir(to.toString());
		}
		App app = new App(properties.build());
		Validations.of(app)
			.acknowledge(Acknowledgment.builder()
				.id("CloudFormation-Validate::W3010")
				.reason("Zones are an environment's setting, so that synthesis needs no account.")
				.build());
		for (Environment environment : environments) {
			Punctual stacks = new Punctual(app, environment);
			KeptOnceMade.apply(stacks);
			// An aspect of the application does not reach into its stages.
			Aspects.of(stacks).add(new AwsSolutionsChecks(NagPackProps.builder().verbose(true).build()));
		}
		app.synth();
	}

}
