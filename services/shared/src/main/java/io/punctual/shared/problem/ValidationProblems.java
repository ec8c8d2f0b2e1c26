package io.punctual.shared.problem;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.validation.Errors;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/**
 * Turns the findings of bean validation into fields of a problem: JSON pointers for the
 * body, names for parameters and headers.
 */
final class ValidationProblems {

	/** A step of a property path: a name, an index or key, or a type parameter. */
	private static final Pattern STEP = Pattern.compile("<[^>]*>|\\[([^\\]]*)\\]|([^.\\[\\]<>]+)");

	private ValidationProblems() {
	}

	static ProblemException of(Errors errors) {
		ProblemException problem = problem(errors.getErrorCount());
		add(problem, "", errors);
		return problem;
	}

	static ProblemException of(HandlerMethodValidationException ex) {
		ProblemException problem = problem(
				ex.getParameterValidationResults().stream().mapToInt((r) -> r.getResolvableErrors().size()).sum());
		for (ParameterValidationResult result : ex.getParameterValidationResults()) {
			boolean body = result.getMethodParameter().hasParameterAnnotation(RequestBody.class);
			String place = (body) ? "" : name(result.getMethodParameter());
			Integer index = result.getContainerIndex();
			if (index != null) {
				place += "/" + index;
			}
			if (result instanceof ParameterErrors errors) {
				add(problem, place, errors);
			}
			else {
				for (MessageSourceResolvable error : result.getResolvableErrors()) {
					problem.field(place, message(error));
				}
			}
		}
		return problem;
	}

	private static void add(ProblemException problem, String place, Errors errors) {
		for (ObjectError error : errors.getAllErrors()) {
			String path = (error instanceof org.springframework.validation.FieldError field) ? pointer(field.getField())
					: "";
			problem.field(place + path, message(error));
		}
	}

	private static ProblemException problem(int count) {
		return ProblemException.of(ProblemType.VALIDATION,
				(count == 1) ? "A field is wrong." : count + " fields are wrong.");
	}

	private static String message(MessageSourceResolvable error) {
		// A failed conversion carries the converter's own words: not for the caller.
		if (error instanceof org.springframework.validation.FieldError field && field.isBindingFailure()) {
			return "has the wrong type";
		}
		String message = error.getDefaultMessage();
		return (message != null) ? message : "is not valid";
	}

	static String pointer(String propertyPath) {
		StringBuilder pointer = new StringBuilder();
		Matcher step = STEP.matcher(propertyPath);
		while (step.find()) {
			String token = (step.group(1) != null) ? step.group(1) : step.group(2);
			if (token != null && !token.isEmpty()) {
				pointer.append('/').append(JsonProblems.escape(token));
			}
		}
		return pointer.toString();
	}

	static String name(MethodParameter parameter) {
		RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
		RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
		PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
		String name = (query != null) ? query.name()
				: (header != null) ? header.name() : (path != null) ? path.name() : "";
		if (!name.isEmpty()) {
			return name;
		}
		String declared = parameter.getParameterName();
		return (declared != null) ? declared : "parameter";
	}

}
