package io.punctual.local.edge.gateway;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code $context.…} and {@code $stageVariables.…}, with or without braces: all
 * that gateway responses, access logs and addresses know of templates.
 */
public final class Substitution {

	private static final Pattern REFERENCE = Pattern.compile(
			"\\$(?:\\{(context|stageVariables)\\.([A-Za-z0-9_.-]+)}|(context|stageVariables)\\.([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*))");

	private Substitution() {
	}

	/**
	 * @param absent makes the text for a reference without a value; may throw
	 */
	public static String apply(String template, Exchange exchange, UnaryOperator<String> absent) {
		Matcher matcher = REFERENCE.matcher(template);
		StringBuilder out = new StringBuilder(template.length() + 64);
		int from = 0;
		while (matcher.find()) {
			boolean braces = matcher.group(1) != null;
			String kind = matcher.group(braces ? 1 : 3);
			String name = matcher.group(braces ? 2 : 4);
			String value = value(kind, name, exchange);
			out.append(template, from, matcher.start()).append((value != null) ? value : absent.apply(name));
			from = matcher.end();
		}
		return out.append(template, from, template.length()).toString();
	}

	private static @Nullable String value(String kind, String name, Exchange exchange) {
		return "context".equals(kind) ? exchange.variable(name) : exchange.settings().variables().get(name);
	}

}
