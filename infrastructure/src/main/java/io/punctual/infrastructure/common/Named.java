package io.punctual.infrastructure.common;

import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * A stack that is called in CloudFormation as it is called here: an account has one
 * environment only.
 */
public abstract class Named extends Stack {

	protected Named(Construct scope, String name, String description, Environment environment) {
		super(scope, name, properties(name, description, environment).build());
	}

	protected Named(Construct scope, String name, String description, Environment environment,
			software.amazon.awscdk.Environment target) {
		super(scope, name, properties(name, description, environment).env(target).build());
	}

	private static StackProps.Builder properties(String name, String description, Environment environment) {
		return StackProps.builder()
			.stackName(name)
			.description("Punctual: " + description)
			.terminationProtection(environment.isProduction());
	}

}
