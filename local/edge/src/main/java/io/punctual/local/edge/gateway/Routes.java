package io.punctual.local.edge.gateway;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.local.edge.document.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operation of a path: a literal segment goes before a parameter, a parameter
 * before a greedy one.
 */
public final class Routes {

	private final Branch root = new Branch();

	/**
	 * An operation and the values of its path parameters, decoded.
	 */
	public record Match(Operation operation, Map<String, String> parameters) {
	}

	private static final class Branch {

		private final Map<String, Branch> literal = new HashMap<>();

		private @Nullable Branch parameter;

		private String name = "";

		private @Nullable Branch greedy;

		private final Map<String, Operation> operations = new HashMap<>();

	}

	public Routes(List<Operation> operations) {
		operations.forEach(this::add);
	}

	private void add(Operation operation) {
		Branch branch = this.root;
		for (String segment : segments(operation.path())) {
			if (segment.startsWith("{") && segment.endsWith("+}")) {
				branch.greedy = (branch.greedy != null) ? branch.greedy : new Branch();
				branch = branch.greedy;
				branch.name = segment.substring(1, segment.length() - 2);
			}
			else if (segment.startsWith("{")) {
				branch.parameter = (branch.parameter != null) ? branch.parameter : new Branch();
				branch = branch.parameter;
				branch.name = segment.substring(1, segment.length() - 1);
			}
			else {
				branch = branch.literal.computeIfAbsent(segment, (key) -> new Branch());
			}
		}
		branch.operations.put(operation.method(), operation);
	}

	/**
	 * The operation of a raw path, or what AWS answers where there is none. Dot segments,
	 * encoded or not, match nothing: whatever stands behind would resolve them to another
	 * path.
	 */
	public Match match(String method, String path) {
		String[] segments = segments(path);
		for (int i = 0; i < segments.length; i++) {
			try {
				segments[i] = Percent.decode(segments[i]);
			}
			catch (IllegalArgumentException ex) {
				throw GatewayException.noRoute();
			}
			if (segments[i].equals(".") || segments[i].equals("..")) {
				throw GatewayException.noRoute();
			}
		}
		Map<String, String> parameters = new LinkedHashMap<>();
		Operation operation = find(this.root, segments, 0, method, parameters);
		if (operation == null) {
			throw GatewayException.noRoute();
		}
		return new Match(operation, parameters);
	}

	private static @Nullable Operation find(Branch branch, String[] segments, int at, String method,
			Map<String, String> parameters) {
		if (at == segments.length) {
			Operation operation = branch.operations.get(method);
			return (operation != null) ? operation : branch.operations.get("ANY");
		}
		Branch literal = branch.literal.get(segments[at]);
		if (literal != null) {
			Operation operation = find(literal, segments, at + 1, method, parameters);
			if (operation != null) {
				return operation;
			}
		}
		Branch parameter = branch.parameter;
		if (parameter != null && !segments[at].isEmpty()) {
			Operation operation = find(parameter, segments, at + 1, method, parameters);
			if (operation != null) {
				parameters.put(parameter.name, segments[at]);
				return operation;
			}
		}
		Branch greedy = branch.greedy;
		if (greedy != null) {
			String rest = String.join("/", List.of(segments).subList(at, segments.length));
			if (List.of(rest.split("/", -1)).contains("..")) {
				throw GatewayException.noRoute();
			}
			parameters.put(greedy.name, rest);
			Operation operation = greedy.operations.get(method);
			return (operation != null) ? operation : greedy.operations.get("ANY");
		}
		return null;
	}

	/**
	 * The segments after the leading slash; one trailing slash is ignored, as AWS does.
	 */
	private static String[] segments(String path) {
		String inner = path.startsWith("/") ? path.substring(1) : path;
		inner = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
		return inner.isEmpty() ? new String[0] : inner.split("/", -1);
	}

}
