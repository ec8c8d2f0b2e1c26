package io.punctual.shared.problem;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.http.converter.HttpMessageNotReadableException;

/**
 * Says what is wrong with a body that cannot be read, with a JSON pointer and without the
 * parser's own words.
 */
final class JsonProblems {

	private JsonProblems() {
	}

	static ProblemException of(HttpMessageNotReadableException ex) {
		return switch (ex.getCause()) {
			case UnrecognizedPropertyException unknown ->
				ProblemException.invalid(pointer(unknown.getPath()), "is not a known field");
			case InputCoercionException range ->
				ProblemException.invalid(pointer(range.getPath()), expectation(range.getTargetType()));
			case StreamConstraintsException large -> ProblemException.of(ProblemType.MALFORMED_REQUEST,
					"The body has a number or a name that is too long, or lists in lists that are too deep"
							+ where(large.getLocation()) + ".");
			case StreamReadException twice when twice.getOriginalMessage().startsWith("Duplicate ") -> ProblemException
				.of(ProblemType.MALFORMED_REQUEST, "The body has a field twice" + where(twice.getLocation()) + ".");
			case StreamReadException syntax -> malformed(syntax.getLocation());
			case InvalidNullException missing ->
				ProblemException.invalid(pointer(missing.getPath()), "must not be null");
			case MismatchedInputException mismatch -> mismatch(mismatch);
			case JacksonException other -> refused(other);
			case null, default -> ProblemException.of(ProblemType.MALFORMED_REQUEST, "A JSON body is needed.");
		};
	}

	private static ProblemException mismatch(MismatchedInputException ex) {
		if (ex.getPath().isEmpty() && ex.getOriginalMessage().startsWith("Trailing token")) {
			return malformed(ex.getLocation());
		}
		if (ex.getPath().isEmpty() && ex.getOriginalMessage().startsWith("No content")) {
			return ProblemException.of(ProblemType.MALFORMED_REQUEST, "A JSON body is needed.");
		}
		if (ex.getOriginalMessage().startsWith("Cannot map `null`")) {
			return ProblemException.invalid(pointer(ex.getPath()), "must not be null");
		}
		return ProblemException.invalid(pointer(ex.getPath()), expectation(ex.getTargetType()));
	}

	/**
	 * A record's own constructor has refused its values: what it says is for the caller
	 * only if it is a problem itself.
	 */
	private static ProblemException refused(JacksonException ex) {
		String pointer = pointer(ex.getPath());
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof ProblemException problem) {
				ProblemException placed = ProblemException.of(problem.type(), problem.detail());
				problem.errors().forEach((error) -> placed.field(pointer + error.field(), error.detail()));
				problem.members().forEach(placed::with);
				return placed;
			}
		}
		return ProblemException.invalid(pointer, "is not valid");
	}

	private static ProblemException malformed(@Nullable TokenStreamLocation location) {
		return ProblemException.of(ProblemType.MALFORMED_REQUEST,
				"The body is not well-formed JSON" + where(location) + ".");
	}

	private static String where(@Nullable TokenStreamLocation location) {
		return (location != null && location.getLineNr() > 0)
				? " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")" : "";
	}

	static String expectation(@Nullable Class<?> type) {
		if (type == null) {
			return "has the wrong type";
		}
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map(String::valueOf)
				.collect(Collectors.joining(", ", "must be one of ", ""));
		}
		if (type == String.class) {
			return "must be a string";
		}
		if (type == boolean.class || type == Boolean.class) {
			return "must be true or false";
		}
		if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
			return "must be an integer" + ((type == int.class || type == Integer.class) ? " of 32 bits" : "");
		}
		if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
			return "must be a number";
		}
		if (type == Instant.class) {
			return "must be an instant, such as 2026-03-27T16:00:00Z";
		}
		if (type == Duration.class) {
			return "must be an ISO 8601 duration, such as PT5M";
		}
		if (type == LocalDate.class) {
			return "must be a date, such as 2026-03-27";
		}
		if (type.isArray() || Collection.class.isAssignableFrom(type)) {
			return "must be an array";
		}
		return (Map.class.isAssignableFrom(type) || type.isRecord()) ? "must be an object" : "has the wrong type";
	}

	static String pointer(List<JacksonException.Reference> path) {
		return path.stream()
			.map((part) -> (part.getPropertyName() != null) ? escape(part.getPropertyName())
					: String.valueOf(part.getIndex()))
			.map((part) -> '/' + part)
			.collect(Collectors.joining());
	}

	static String escape(String token) {
		return token.replace("~", "~0").replace("/", "~1");
	}

}
