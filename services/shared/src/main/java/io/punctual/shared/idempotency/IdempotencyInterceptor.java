package io.punctual.shared.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.punctual.shared.audit.Audit;
import io.punctual.shared.observability.Correlation;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.security.Callers;
import io.punctual.shared.transaction.GroupedTransactions;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.BufferedBodyRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Runs an {@link Idempotent} handler in one transaction with its key and its answer.
 */
class IdempotencyInterceptor implements MethodInterceptor {

	static final String HEADER = "Idempotency-Key";

	/** Visible ASCII and spaces inside. */
	private static final Pattern KEY = Pattern.compile("[!-~](?:[ -~]{0,253}[!-~])?");

	private final IdempotencyKeys keys;

	private final Transactions transactions;

	private final GroupedTransactions groups;

	private final JsonMapper json;

	IdempotencyInterceptor(IdempotencyKeys keys, Transactions transactions, GroupedTransactions groups,
			JsonMapper json) {
		this.keys = keys;
		this.transactions = transactions;
		this.groups = groups;
		this.json = json;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException("An idempotent handler opens its own transaction");
		}
		HttpServletRequest request = request();
		String caller = Callers.of(request)
			.orElseThrow(() -> ProblemException.of(ProblemType.UNAUTHENTICATED, "Send an access token as Bearer."))
			.subject();
		String key = key(request);
		String hash = hash(request);
		try {
			return isGrouped(invocation)
					? this.groups.write(() -> inTransaction(invocation, caller, key, hash), carry())
					: this.transactions.write(() -> inTransaction(invocation, caller, key, hash));
		}
		catch (NotKept ex) {
			return ex.answer;
		}
		catch (CheckedFailure ex) {
			throw ex.getCause();
		}
	}

	private static boolean isGrouped(MethodInvocation invocation) {
		Idempotent annotation = AnnotationUtils.findAnnotation(invocation.getMethod(), Idempotent.class);
		return annotation != null && annotation.grouped();
	}

	private static UnaryOperator<Runnable> carry() {
		UnaryOperator<Runnable> act = Audit.carry();
		String correlationId = Correlation.currentOrNew();
		return (work) -> act.apply(() -> {
			try (Correlation.Scope _ = Correlation.open(correlationId)) {
				work.run();
			}
		});
	}

	private ResponseEntity<?> inTransaction(MethodInvocation invocation, String caller, String key, String hash) {
		Optional<StoredAnswer> former = this.keys.take(caller, key, hash);
		if (former.isPresent()) {
			Audit.repeated();
			return former.get().replayed();
		}
		ResponseEntity<?> answer = proceed(invocation);
		if (!answer.getStatusCode().is2xxSuccessful()) {
			throw new NotKept(answer);
		}
		StoredAnswer stored = stored(answer);
		this.keys.store(caller, key, stored);
		return stored.first();
	}

	private static ResponseEntity<?> proceed(MethodInvocation invocation) {
		try {
			// An invocation proceeds once only, and the transaction may be retried.
			Object answer = ((ProxyMethodInvocation) invocation).invocableClone().proceed();
			if (answer instanceof ResponseEntity<?> response) {
				return response;
			}
			throw new IllegalStateException(
					"An idempotent handler returns a ResponseEntity: " + invocation.getMethod());
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new CheckedFailure(ex);
		}
	}

	private StoredAnswer stored(ResponseEntity<?> answer) {
		Map<String, List<String>> headers = new TreeMap<>();
		answer.getHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
		Object body = answer.getBody();
		return new StoredAnswer(answer.getStatusCode().value(), headers,
				(body != null) ? this.json.writeValueAsString(body) : null);
	}

	private static String key(HttpServletRequest request) {
		String key = request.getHeader(HEADER);
		if (key == null || key.isBlank()) {
			throw ProblemException
				.of(ProblemType.IDEMPOTENCY_KEY_MISSING, "Send an Idempotency-Key, and the same one if you try again.")
				.field(HEADER, "is required");
		}
		if (!KEY.matcher(key).matches()) {
			throw ProblemException.of(ProblemType.IDEMPOTENCY_KEY_MISSING, "The Idempotency-Key is not usable.")
				.field(HEADER, "must have 1 to 255 characters of ASCII");
		}
		return key;
	}

	private static String hash(HttpServletRequest request) {
		String target = request.getMethod() + ' ' + request.getRequestURI() + '?' + request.getQueryString() + '\n';
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(target.getBytes(StandardCharsets.UTF_8));
			digest.update(BufferedBodyRequest.bodyOf(request));
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static HttpServletRequest request() {
		return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
	}

	/**
	 * Rolls back for an answer that is not kept.
	 */
	private static final class NotKept extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient ResponseEntity<?> answer;

		private NotKept(ResponseEntity<?> answer) {
			super(null, null, false, false);
			this.answer = answer;
		}

	}

	/**
	 * Carries a checked exception through the transaction.
	 */
	private static final class CheckedFailure extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final Throwable failure;

		private CheckedFailure(Throwable failure) {
			super(failure);
			this.failure = failure;
		}

		@Override
		public synchronized Throwable getCause() {
			return this.failure;
		}

	}

}
