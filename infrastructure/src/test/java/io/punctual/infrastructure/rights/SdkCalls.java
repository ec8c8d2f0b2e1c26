package io.punctual.infrastructure.rights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operations of AWS's SDK that sources call, as the actions by which they are
 * authorised.
 */
final class SdkCalls {

	private static final Pattern CLIENT = Pattern
		.compile("import software\\.amazon\\.awssdk\\.services\\.([a-z0-9]+)\\.(\\w+Client);");

	/** Prefixes of actions that are not their packages' names. */
	private static final Map<String, String> PREFIXES = Map.of("cognitoidentityprovider", "cognito-idp", "sesv2", "ses",
			"applicationautoscaling", "application-autoscaling");

	/** Actions that are not named like their operations; API Gateway's are HTTP's. */
	private static final Map<String, List<String>> NAMED_OTHERWISE = Map.of("apigateway:CreateApiKey",
			List.of("apigateway:POST"), "apigateway:CreateUsagePlanKey", List.of("apigateway:POST"),
			"apigateway:GetApiKeys", List.of("apigateway:GET"), "apigateway:DeleteApiKey", List.of("apigateway:DELETE"),
			"sqs:DeleteMessageBatch", List.of("sqs:DeleteMessage"), "ses:SendEmail",
			List.of("ses:SendEmail", "ses:SendRawEmail"), "lambda:Invoke", List.of("lambda:InvokeFunction"));

	private static final Set<String> NO_OPERATION = Set.of("builder", "create", "close", "serviceName");

	private SdkCalls() {
	}

	/**
	 * The actions that the sources below a folder need.
	 */
	static Set<String> in(Path folder) {
		Set<String> actions = new TreeSet<>();
		sources(folder).forEach((source) -> collect(source, actions));
		return actions;
	}

	/**
	 * The methods that the sources below a folder call on variables of a type.
	 */
	static Set<String> on(String type, Path folder) {
		Set<String> methods = new TreeSet<>();
		sources(folder).forEach((source) -> methods.addAll(on(type, source)));
		return methods;
	}

	private static void collect(String source, Set<String> actions) {
		Matcher client = CLIENT.matcher(source);
		while (client.find()) {
			String prefix = PREFIXES.getOrDefault(client.group(1), client.group(1));
			for (String method : on(client.group(2), source)) {
				if (!NO_OPERATION.contains(method)) {
					String action = prefix + ":" + Character.toUpperCase(method.charAt(0)) + method.substring(1);
					actions.addAll(NAMED_OTHERWISE.getOrDefault(action, List.of(action)));
				}
			}
		}
	}

	private static Set<String> on(String type, String source) {
		Set<String> methods = new TreeSet<>();
		Matcher variable = Pattern.compile("\\b" + type + "\\s+(\\w+)\\s*[,;)=]").matcher(source);
		while (variable.find()) {
			Matcher call = Pattern.compile("\\b" + variable.group(1) + "\\s*\\.\\s*(\\w+)\\(").matcher(source);
			while (call.find()) {
				methods.add(call.group(1));
			}
		}
		return methods;
	}

	private static List<String> sources(Path folder) {
		try (var files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(".java")).map(SdkCalls::read).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
