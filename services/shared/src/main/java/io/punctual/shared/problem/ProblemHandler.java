package io.punctual.shared.problem;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.punctual.shared.secret.SecretBoxException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * The one place that turns exceptions into problem details. Only what a
 * {@link ProblemException} says, and what is said here, reaches a caller.
 */
@RestControllerAdvice
class ProblemHandler {

	private static final Logger logger = LoggerFactory.getLogger(ProblemHandler.class);

	@ExceptionHandler
	ResponseEntity<Object> refused(ProblemException ex, HttpServletRequest request) {
		return answer(ex, request, new HttpHeaders());
	}

	@ExceptionHandler
	ResponseEntity<Object> unreadable(HttpMessageNotReadableException ex, HttpServletRequest request) {
		// The body's limit is found while the body is read.
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof ProblemException problem && problem.type() == ProblemType.PAYLOAD_TOO_LARGE) {
				return refused(problem, request);
			}
		}
		return refused(JsonProblems.of(ex), request);
	}

	@ExceptionHandler({ MethodArgumentNotValidException.class, BindException.class })
	ResponseEntity<Object> invalid(Exception ex, HttpServletRequest request) {
		return refused(ValidationProblems.of((BindException) ex), request);
	}

	@ExceptionHandler
	ResponseEntity<Object> invalid(HandlerMethodValidationException ex, HttpServletRequest request) {
		return (ex.isForReturnValue()) ? fault(ex, request) : refused(ValidationProblems.of(ex), request);
	}

	@ExceptionHandler
	ResponseEntity<Object> mistyped(TypeMismatchException ex, HttpServletRequest request) {
		String name = (ex instanceof MethodArgumentTypeMismatchException argument)
				? ValidationProblems.name(argument.getParameter()) : ex.getPropertyName();
		return refused(ProblemException.invalid((name != null) ? name : "parameter",
				JsonProblems.expectation(ex.getRequiredType())), request);
	}

	@ExceptionHandler
	ResponseEntity<Object> missing(MissingServletRequestParameterException ex, HttpServletRequest request) {
		return missing(ex.getParameterName(), "The parameter " + ex.getParameterName() + " is missing.", request);
	}

	@ExceptionHandler
	ResponseEntity<Object> missing(MissingRequestHeaderException ex, HttpServletRequest request) {
		return missing(ex.getHeaderName(), "The header " + ex.getHeaderName() + " is missing.", request);
	}

	private ResponseEntity<Object> missing(String name, String detail, HttpServletRequest request) {
		return refused(ProblemException.of(ProblemType.MALFORMED_REQUEST, detail).field(name, "is required"), request);
	}

	@ExceptionHandler({ NoHandlerFoundException.class, NoResourceFoundException.class })
	ResponseEntity<Object> unknownPath(HttpServletRequest request) {
		return refused(ProblemException.of(ProblemType.NOT_FOUND, "There is nothing at this path."), request);
	}

	@ExceptionHandler
	ResponseEntity<Object> method(HttpRequestMethodNotSupportedException ex, HttpServletRequest request) {
		HttpHeaders headers = new HttpHeaders();
		Set<HttpMethod> supported = ex.getSupportedHttpMethods();
		String allowed = "";
		if (supported != null) {
			headers.setAllow(supported);
			allowed = supported.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
		}
		return answer(
				ProblemException.of(ProblemType.METHOD_NOT_ALLOWED,
						"This path takes " + ((allowed.isEmpty()) ? "no such method" : allowed) + "."),
				request, headers);
	}

	@ExceptionHandler
	ResponseEntity<Object> mediaType(HttpMediaTypeNotSupportedException ex, HttpServletRequest request) {
		HttpHeaders headers = new HttpHeaders();
		headers.setAccept(ex.getSupportedMediaTypes());
		return answer(ProblemException.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json."), request,
				headers);
	}

	/** A Content-Type such as {@code *}{@code /*} is read as one, and then refused. */
	@ExceptionHandler
	ResponseEntity<Object> argument(IllegalArgumentException ex, HttpServletRequest request) {
		String type = request.getContentType();
		return (type != null && type.split(";", 2)[0].contains("*"))
				? refused(ProblemException.of(ProblemType.UNSUPPORTED_MEDIA_TYPE,
						"The Content-Type stands for several: say which one it is."), request)
				: other(ex, request);
	}

	@ExceptionHandler
	ResponseEntity<Object> accept(HttpMediaTypeNotAcceptableException ex, HttpServletRequest request) {
		String types = ex.getSupportedMediaTypes()
			.stream()
			.map(MediaType::toString)
			.distinct()
			.collect(Collectors.joining(", "));
		return refused(ProblemException.of(ProblemType.NOT_ACCEPTABLE,
				"This can be had as " + ((types.isEmpty()) ? "application/json" : types) + "."), request);
	}

	@ExceptionHandler
	ResponseEntity<Object> denied(AccessDeniedException ex, HttpServletRequest request) {
		return refused(ProblemException.of(ProblemType.FORBIDDEN, "The token does not allow this."), request);
	}

	/** Spring Security's firewall looks at names and headers only as they are read. */
	@ExceptionHandler
	ResponseEntity<Object> rejected(RequestRejectedException ex, HttpServletRequest request) {
		return refused(ProblemException.of(ProblemType.MALFORMED_REQUEST, "The request has characters that none has."),
				request);
	}

	@ExceptionHandler
	ResponseEntity<Object> unsealed(SecretBoxException ex, HttpServletRequest request) {
		logger.error("{} {} needs a key that cannot be had", request.getMethod(), request.getRequestURI(), ex);
		return refused(ProblemException.of(ProblemType.UNAVAILABLE, "Secrets cannot be kept at the moment, try again."),
				request);
	}

	@ExceptionHandler
	@Nullable ResponseEntity<Object> callerGone(AsyncRequestNotUsableException ex) {
		logger.debug("The caller has gone", ex);
		return null;
	}

	@ExceptionHandler
	ResponseEntity<Object> other(Exception ex, HttpServletRequest request) {
		ProblemException database = DatabaseProblems.of(ex, request.getHeader(HttpHeaders.IF_MATCH));
		if (database != null) {
			logger.warn("{} {} was refused: {}", request.getMethod(), request.getRequestURI(), ex.toString());
			return refused(database, request);
		}
		if (ex instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
			return refused(ofStatus(response.getStatusCode()), request);
		}
		return fault(ex, request);
	}

	private ResponseEntity<Object> fault(Exception ex, HttpServletRequest request) {
		logger.error("{} {} has failed", request.getMethod(), request.getRequestURI(), ex);
		return refused(ProblemException.of(ProblemType.INTERNAL, "It is our fault, and has been recorded."), request);
	}

	static ProblemException ofStatus(HttpStatusCode status) {
		return switch (status.value()) {
			case 401 -> ProblemException.of(ProblemType.UNAUTHENTICATED, "A token is needed.");
			case 403 -> ProblemException.of(ProblemType.FORBIDDEN, "This is not allowed.");
			case 404 -> ProblemException.of(ProblemType.NOT_FOUND, "There is nothing at this path.");
			case 405 -> ProblemException.of(ProblemType.METHOD_NOT_ALLOWED, "This path takes no such method.");
			case 406 -> ProblemException.of(ProblemType.NOT_ACCEPTABLE, "This cannot be had in that form.");
			case 409 -> ProblemException.of(ProblemType.CONFLICT, "The present state does not allow it.");
			case 413 -> ProblemException.of(ProblemType.PAYLOAD_TOO_LARGE, "The body is too large.");
			case 415 -> ProblemException.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
			case 422 -> ProblemException.of(ProblemType.VALIDATION, "The request is not valid.");
			case 429 -> ProblemException.of(ProblemType.RATE_LIMITED, "Too many requests: slow down.");
			case 503 -> ProblemException.of(ProblemType.UNAVAILABLE, "Try again.");
			default -> (status.is4xxClientError())
					? ProblemException.of(ProblemType.MALFORMED_REQUEST, "The request cannot be read.")
					: ProblemException.of(ProblemType.INTERNAL, "It is our fault, and has been recorded.");
		};
	}

	private static ResponseEntity<Object> answer(ProblemException problem, HttpServletRequest request,
			HttpHeaders headers) {
		Map<String, Object> document = ProblemDocument.of(problem, request);
		ResponseEntity.BodyBuilder response = ResponseEntity.status(problem.type().status())
			.headers(headers)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		if (problem.type() == ProblemType.UNAVAILABLE && !headers.containsHeader(HttpHeaders.RETRY_AFTER)) {
			response.header(HttpHeaders.RETRY_AFTER, "1");
		}
		return response.body(document);
	}

}
