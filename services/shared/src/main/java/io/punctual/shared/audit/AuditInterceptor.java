package io.punctual.shared.audit;

import java.util.Set;

import io.punctual.shared.transaction.Transactions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Knows which requests are acts: the writing ones of the public API. It comes before
 * whatever may refuse them.
 */
class AuditInterceptor implements HandlerInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(AuditInterceptor.class);

	private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");

	private static final int FORBIDDEN = 403;

	private final AuditTrail trail;

	private final Transactions transactions;

	AuditInterceptor(AuditTrail trail, Transactions transactions) {
		this.trail = trail;
		this.transactions = transactions;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod && request.getDispatcherType() == DispatcherType.REQUEST
				&& WRITING.contains(request.getMethod()) && request.getServletPath().startsWith("/v1/")) {
			Act.begin(request);
		}
		return true;
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception ex) {
		Act act = Act.present();
		if (act == null) {
			return;
		}
		try {
			if (response.getStatus() == FORBIDDEN && !act.isSettled()) {
				this.transactions.read(() -> {
					this.trail.deny(act);
					return true;
				});
			}
		}
		catch (RuntimeException failure) {
			logger.error("A refusal could not be recorded: {} {}", request.getMethod(), request.getRequestURI(),
					failure);
		}
		finally {
			Act.end();
		}
	}

}
