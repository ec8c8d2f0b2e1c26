package io.punctual.local.edge.document;

/**
 * The answers that the gateway gives by itself, with AWS's status and error type.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">Gateway
 * response types</a>
 */
public enum ResponseType {

	BAD_REQUEST_BODY(400, "BadRequestException"), BAD_REQUEST_PARAMETERS(400, "BadRequestException"),
	UNAUTHORIZED(401, "UnauthorizedException"), ACCESS_DENIED(403, "AccessDeniedException"),
	EXPIRED_TOKEN(403, "ExpiredTokenException"), INVALID_API_KEY(403, "ForbiddenException"),
	INVALID_SIGNATURE(403, "InvalidSignatureException"),
	MISSING_AUTHENTICATION_TOKEN(403, "MissingAuthenticationTokenException"), WAF_FILTERED(403, "WafFilteredException"),
	RESOURCE_NOT_FOUND(404, "ResourceNotFoundException"), REQUEST_TOO_LARGE(413, "RequestTooLargeException"),
	UNSUPPORTED_MEDIA_TYPE(415, "BadRequestException"), THROTTLED(429, "TooManyRequestsException"),
	QUOTA_EXCEEDED(429, "LimitExceededException"), API_CONFIGURATION_ERROR(500, "ApiConfigurationException"),
	AUTHORIZER_FAILURE(500, "AuthorizerFailureException"),
	AUTHORIZER_CONFIGURATION_ERROR(500, "AuthorizerConfigurationException"),
	INTEGRATION_FAILURE(504, "InternalServerErrorException"), INTEGRATION_TIMEOUT(504, "InternalServerErrorException"),
	DEFAULT_4XX(400, "BadRequestException"), DEFAULT_5XX(500, "InternalServerErrorException");

	private final int status;

	private final String errorType;

	ResponseType(int status, String errorType) {
		this.status = status;
		this.errorType = errorType;
	}

	public int status() {
		return this.status;
	}

	/**
	 * What {@code x-amzn-ErrorType} says.
	 */
	public String errorType() {
		return this.errorType;
	}

	public ResponseType fallback() {
		return (this.status < 500) ? DEFAULT_4XX : DEFAULT_5XX;
	}

}
