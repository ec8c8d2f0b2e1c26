package io.punctual.shared.idempotency;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a handler that returns a {@code ResponseEntity}: {@code Idempotency-Key} is
 * required, and within 24 hours the same caller, key and request have one effect and one
 * answer.
 * <p>
 * The handler runs inside a transaction whose first statement takes the key and whose
 * last one stores the answer, so its own effects must join that transaction. Only a 2xx
 * is kept: anything else rolls back, effects and key together. The transaction may be
 * retried after a deadlock, so the handler must have no effect outside of it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {

	/**
	 * Whether requests that come at the same time may share a transaction. The handler is
	 * then run on another request's thread, with its own arguments, act and correlation
	 * id, and must ask nothing else of its thread.
	 */
	boolean grouped() default false;

}
