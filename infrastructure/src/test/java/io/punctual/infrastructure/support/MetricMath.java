package io.punctual.infrastructure.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The part of CloudWatch's metric math that the alarms use, for one data point of each
 * metric. What is calculated from a missing one is missing.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html">Using
 * metric math</a>
 */
public final class MetricMath {

	private static final Pattern TOKEN = Pattern
		.compile("\\s*([A-Za-z][A-Za-z0-9_]*|[0-9]+(?:\\.[0-9]+)?|>=|<=|==|[-+*/<>(),\\[\\]])");

	private final List<String> tokens = new ArrayList<>();

	private final Map<String, @Nullable Double> metrics;

	private int next;

	private MetricMath(String expression, Map<String, @Nullable Double> metrics) {
		this.metrics = metrics;
		Matcher matcher = TOKEN.matcher(expression);
		int end = 0;
		while (matcher.lookingAt()) {
			this.tokens.add(matcher.group(1));
			end = matcher.end();
			matcher.region(end, expression.length());
		}
		if (!expression.substring(end).isBlank()) {
			throw new IllegalArgumentException("not understood: " + expression.substring(end));
		}
	}

	/**
	 * The value of an expression.
	 * @param expression as an alarm has it
	 * @param metrics the data points by the metrics' ids; null: there is none
	 * @return the value; null if it is missing
	 */
	public static @Nullable Double evaluate(String expression, Map<String, @Nullable Double> metrics) {
		MetricMath math = new MetricMath(expression, metrics);
		Double value = math.either();
		if (math.next != math.tokens.size()) {
			throw new IllegalArgumentException("left of " + expression + ": " + math.peek());
		}
		return value;
	}

	private @Nullable Double either() {
		Double left = both();
		while (peek().equals("OR")) {
			this.next++;
			Double right = both();
			left = (left != null && right != null) ? truth(left != 0 || right != 0) : null;
		}
		return left;
	}

	private @Nullable Double both() {
		Double left = comparison();
		while (peek().equals("AND")) {
			this.next++;
			Double right = comparison();
			left = (left != null && right != null) ? truth(left != 0 && right != 0) : null;
		}
		return left;
	}

	private @Nullable Double comparison() {
		Double left = sum();
		if (!List.of(">=", "<=", "==", ">", "<").contains(peek())) {
			return left;
		}
		String operator = take();
		Double right = sum();
		if (left == null || right == null) {
			return null;
		}
		return truth(switch (operator) {
			case ">=" -> left >= right;
			case "<=" -> left <= right;
			case "==" -> left.doubleValue() == right.doubleValue();
			case ">" -> left > right;
			default -> left < right;
		});
	}

	private @Nullable Double sum() {
		Double left = product();
		while (peek().equals("+") || peek().equals("-")) {
			boolean plus = take().equals("+");
			Double right = product();
			left = (left != null && right != null) ? Double.valueOf(plus ? left + right : left - right) : null;
		}
		return left;
	}

	private @Nullable Double product() {
		Double left = operand();
		while (peek().equals("*") || peek().equals("/")) {
			boolean times = take().equals("*");
			Double right = operand();
			// A division by zero has no data point.
			left = (left != null && right != null && (times || right != 0))
					? Double.valueOf(times ? left * right : left / right) : null;
		}
		return left;
	}

	private @Nullable Double operand() {
		String token = take();
		if (token.equals("(")) {
			Double value = either();
			expect(")");
			return value;
		}
		if (Character.isDigit(token.charAt(0))) {
			return Double.valueOf(token);
		}
		if (peek().equals("(")) {
			return function(token);
		}
		if (!this.metrics.containsKey(token)) {
			throw new IllegalArgumentException("no metric " + token);
		}
		return this.metrics.get(token);
	}

	private @Nullable Double function(String name) {
		expect("(");
		boolean list = peek().equals("[");
		if (list) {
			take();
		}
		List<@Nullable Double> values = new ArrayList<>();
		values.add(either());
		while (peek().equals(",")) {
			take();
			values.add(either());
		}
		if (list) {
			expect("]");
		}
		expect(")");
		return switch (name) {
			case "FILL" -> (values.get(0) != null) ? values.get(0) : values.get(1);
			case "IF" -> (values.get(0) == null) ? null : (values.get(0) != 0) ? values.get(1) : values.get(2);
			case "MAX" ->
				values.contains(null) ? null : values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
			default -> throw new IllegalArgumentException("no function " + name);
		};
	}

	private static Double truth(boolean value) {
		return value ? 1.0 : 0.0;
	}

	private String peek() {
		return (this.next < this.tokens.size()) ? this.tokens.get(this.next) : "";
	}

	private String take() {
		return this.tokens.get(this.next++);
	}

	private void expect(String token) {
		String found = take();
		if (!found.equals(token)) {
			throw new IllegalArgumentException("wanted " + token + ", found " + found);
		}
	}

}
