package io.punctual.infrastructure.support;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * The part of CloudWatch Logs' filter patterns for JSON that is used here: comparisons of
 * text with wildcards, NOT EXISTS, and, or, parentheses. A comparison with a field that
 * is not there is false, whichever way it goes.
 */
public final class FilterPattern {

	private static final Pattern TOKEN = Pattern
		.compile("\\s*(&&|\\|\\||[(){}]|!=|=|NOT EXISTS|\\$\\.[A-Za-z.]+|\"[^\"]*\")");

	private final Deque<String> tokens = new ArrayDeque<>();

	private final JsonNode event;

	private FilterPattern(String pattern, JsonNode event) {
		this.event = event;
		var matcher = TOKEN.matcher(pattern);
		int end = 0;
		while (matcher.lookingAt()) {
			this.tokens.add(matcher.group(1));
			end = matcher.end();
			matcher.region(end, pattern.length());
		}
		if (!pattern.substring(end).isBlank()) {
			throw new IllegalArgumentException("not understood: " + pattern.substring(end));
		}
	}

	public static boolean matches(String pattern, JsonNode event) {
		FilterPattern filter = new FilterPattern(pattern, event);
		filter.take("{");
		boolean result = filter.or();
		filter.take("}");
		if (!filter.tokens.isEmpty()) {
			throw new IllegalArgumentException("left: " + filter.tokens);
		}
		return result;
	}

	private boolean or() {
		boolean result = and();
		while ("||".equals(this.tokens.peek())) {
			this.tokens.remove();
			result |= and();
		}
		return result;
	}

	private boolean and() {
		boolean result = term();
		while ("&&".equals(this.tokens.peek())) {
			this.tokens.remove();
			result &= term();
		}
		return result;
	}

	private boolean term() {
		if ("(".equals(this.tokens.peek())) {
			this.tokens.remove();
			boolean result = or();
			take(")");
			return result;
		}
		String field = this.tokens.remove();
		JsonNode value = this.event.at(field.substring(1).replace('.', '/'));
		String operator = this.tokens.remove();
		if (operator.equals("NOT EXISTS")) {
			return value.isMissingNode();
		}
		String wanted = this.tokens.remove();
		Pattern text = Pattern.compile(List.of(wanted.substring(1, wanted.length() - 1).split("\\*", -1))
			.stream()
			.map(Pattern::quote)
			.collect(java.util.stream.Collectors.joining(".*")));
		if (value.isMissingNode()) {
			return false;
		}
		return text.matcher(value.asString("")).matches() == operator.equals("=");
	}

	private void take(String token) {
		String found = this.tokens.poll();
		if (!token.equals(found)) {
			throw new IllegalArgumentException("wanted " + token + ", found " + found);
		}
	}

}
