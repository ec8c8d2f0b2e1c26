package io.punctual.shared.security;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Finds out who is calling and refuses who lacks the handler's scope, before anything of
 * the request's body is looked at. A handler that names no scope refuses everybody. The
 * gateway's word about the API key that was sent can only refuse: who calls, the token
 * says.
 */
class CallerInterceptor implements HandlerInterceptor {

	static final String ATTRIBUTE = Caller.class.getName();

	/** The id of the API key by which the gateway let the request in. */
	static final String API_KEY_ID = "X-Api-Key-Id";

	private final CredentialDirectory credentials;

	CallerInterceptor(CredentialDirectory credentials) {
		this.credentials = credentials;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (!(handler instanceof HandlerMethod method) || request.getDispatcherType() != DispatcherType.REQUEST) {
			return true;
		}
		// The security filter chain has let in nobody without a valid token.
		if (!(SecurityContextHolder.getContext()
			.getAuthentication() instanceof JwtAuthenticationToken authentication)) {
			return true;
		}
		Set<String> scopes = scopes(authentication.getToken());
		require(method, request, scopes);
		Caller caller = caller(authentication.getToken(), authentication.getName(), scopes);
		requireOwnKey(request.getHeader(API_KEY_ID), caller);
		request.setAttribute(ATTRIBUTE, caller);
		return true;
	}

	private Caller caller(Jwt token, String subject, Set<String> scopes) {
		if (!scopes.contains(Scopes.CLIENT)) {
			return new Caller(subject, scopes, null);
		}
		String oauthClient = token.getClaimAsString("client_id");
		String clientId = this.credentials.clientOf((oauthClient != null) ? oauthClient : subject)
			.orElseThrow(() -> ProblemException.of(ProblemType.FORBIDDEN, "The credential is unknown or revoked."));
		return new Caller(subject, scopes, clientId);
	}

	/** One client's token with another's key would spend the other's quota. */
	private void requireOwnKey(@Nullable String apiKeyId, Caller caller) {
		if (apiKeyId != null
				&& !Objects.equals(this.credentials.clientOfApiKey(apiKeyId).orElse(null), caller.clientId())) {
			throw ProblemException.of(ProblemType.FORBIDDEN, "The API key is not the token's.");
		}
	}

	private static void require(HandlerMethod method, HttpServletRequest request, Set<String> scopes) {
		if (request.getRequestURI().startsWith("/internal/")) {
			return;
		}
		RequiresScope required = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequiresScope.class);
		List<String> any = (required != null) ? List.of(required.value()) : List.of();
		if (Collections.disjoint(any, scopes)) {
			throw ProblemException.of(ProblemType.FORBIDDEN, "The token lacks the scope.").with("scopes", any);
		}
	}

	private static Set<String> scopes(Jwt token) {
		String scope = token.getClaimAsString("scope");
		return (scope != null && !scope.isBlank()) ? new TreeSet<>(List.of(scope.strip().split("\\s+"))) : Set.of();
	}

}
