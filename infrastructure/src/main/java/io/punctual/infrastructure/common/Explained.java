package io.punctual.infrastructure.common;

import java.util.List;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import software.constructs.IConstruct;

/**
 * Why a security rule does not hold somewhere. There is no other way to silence one.
 */
public final class Explained {

	private Explained() {
	}

	/**
	 * A rule that does not hold for a construct and what it is made of.
	 */
	public static void exception(IConstruct construct, String rule, String reason) {
		NagSuppressions.addResourceSuppressions(construct,
				List.of(NagPackSuppression.builder().id(rule).reason(reason).build()), true);
	}

	/**
	 * A wildcard in the policies of a construct and what it is made of.
	 * @param pattern a regular expression of what cdk-nag reports, such as
	 * {@code Action::kms:.*}
	 */
	public static void wildcard(IConstruct construct, String pattern, String reason) {
		NagSuppressions.addResourceSuppressions(construct,
				List.of(NagPackSuppression.builder()
					.id("AwsSolutions-IAM5")
					.reason(reason)
					.appliesTo(
							List.of(RegexAppliesTo.builder().regex("/^" + pattern.replace("/", "\\/") + "$/").build()))
					.build()),
				true);
	}

}
