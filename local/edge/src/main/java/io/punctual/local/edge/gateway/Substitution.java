package io.punctual.local.edge.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

	/**
	 * Templates come from the document and the settings: there are only so many.
	 */
	private static final Map<String, List<Piece>> COMPILED = new ConcurrentHashMap<>();

	/**
	 * A text, or a reference to a value.
	 *
	 * @param kind {@code context} or {@code stageVariables}; null for a text
	 */
	private record Piece(@Nullable String kind, String text) {
	}

	private Substitution() {
	}

	/**
	 * @param absent makes the text for a reference without a value; may throw
	 */
	public static String apply(String template, Exchange exchange, UnaryOperator<String> absent) {
		StringBuilder out = new StringBuilder(template.length() + 64);
		for (Piece piece : COMPILED.computeIfAbsent(template, Substitution::compile)) {
			if (piece.kind() == null) {
				out.append(piece.text());
			}
			else {
				String value = value(piece.kind(), piece.text(), exchange);
				out.append((value != null) ? value : absent.apply(piece.text()));
			}
		}
		return out.toString();
	}

	private static List<Piece> compile(String template) {
		List<Piece> pieces = new ArrayList<>();
		Matcher matcher = REFERENCE.matcher(template);
		int from = 0;
		while (matcher.find()) {
			boolean braces = matcher.group(1) != null;
			pieces.add(new Piece(null, template.substring(from, matcher.start())));
			pieces.add(new Piece(matcher.group(braces ? 1 : 3), matcher.group(braces ? 2 : 4)));
			from = matcher.end();
		}
		pieces.add(new Piece(null, template.substring(from)));
		return pieces;
	}

	private static @Nullable String value(String kind, String name, Exchange exchange) {
		return "context".equals(kind) ? exchange.variable(name) : exchange.settings().variables().get(name);
	}

}
