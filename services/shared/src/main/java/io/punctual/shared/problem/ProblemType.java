package io.punctual.shared.problem;

import java.net.URI;
import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * The stable types of problem that the API answers with, each with its one status.
 */
public enum ProblemType {

	/** A field, parameter or header is wrong; {@code errors} names each. */
	VALIDATION(422, "The request is not valid"),
	/** The request cannot be read, or a required parameter is missing. */
	MALFORMED_REQUEST(400, "The request cannot be read"),
	/** No token, or one that is not valid here. */
	UNAUTHENTICATED(401, "Authentication is needed"),
	/** The token is valid, the caller may not do this. */
	FORBIDDEN(403, "Not allowed"),
	/** There is no such thing, or it is another client's. */
	NOT_FOUND(404, "Not found"),
	/** The path exists, with other methods. */
	METHOD_NOT_ALLOWED(405, "Method not allowed"),
	/** None of the accepted media types can be produced. */
	NOT_ACCEPTABLE(406, "Not acceptable"),
	/** The present state does not allow it. */
	CONFLICT(409, "Conflict with the present state"),
	/** The state cannot change in this way; {@code allowed} lists how it can. */
	ILLEGAL_TRANSITION(409, "The state cannot change in this way"),
	/** The entity tag given is not the present one. */
	VERSION_CONFLICT(412, "It has changed meanwhile"),
	/** The operation needs {@code If-Match}. */
	PRECONDITION_REQUIRED(428, "If-Match is required"),
	/** The body is larger than the operation takes. */
	PAYLOAD_TOO_LARGE(413, "The body is too large"),
	/** The body is not JSON. */
	UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
	/** The operation needs an {@code Idempotency-Key}. */
	IDEMPOTENCY_KEY_MISSING(400, "Idempotency-Key is required"),
	/** A request with the same key is still being worked on. */
	IDEMPOTENCY_IN_FLIGHT(409, "A request with this Idempotency-Key is being worked on"),
	/** The key was used for another request. */
	IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key belongs to another request"),
	/** More requests than the plan allows. */
	RATE_LIMITED(429, "Too many requests"),
	/** The endpoint has not answered its challenge yet. */
	ENDPOINT_UNVERIFIED(409, "The endpoint is not verified"),
	/** Punctual sends nothing to such an address. */
	TARGET_FORBIDDEN(422, "The target is not allowed"),
	/** The period has not been closed. */
	PERIOD_OPEN(409, "The period is still open"),
	/** The cursor is forged, damaged, or belongs to another query. */
	CURSOR_INVALID(422, "The cursor is not valid"),
	/** A dependency does not answer; nothing was done. */
	UNAVAILABLE(503, "Temporarily unavailable"),
	/** A fault of ours. */
	INTERNAL(500, "Internal error");

	private static final String BASE = "https://punctual.example/problems/";

	private final HttpStatus status;

	private final String title;

	ProblemType(int status, String title) {
		this.status = HttpStatus.valueOf(status);
		this.title = title;
	}

	public HttpStatus status() {
		return this.status;
	}

	public String title() {
		return this.title;
	}

	/**
	 * The last part of the type's URI.
	 * @return such as {@code version-conflict}
	 */
	public String slug() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The type's URI: an identifier, not necessarily a page.
	 * @return such as {@code https://punctual.example/problems/version-conflict}
	 */
	public URI uri() {
		return URI.create(BASE + slug());
	}

}
