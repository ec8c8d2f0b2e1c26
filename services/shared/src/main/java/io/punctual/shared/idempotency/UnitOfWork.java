package io.punctual.shared.idempotency;

import java.util.function.Supplier;

/**
 * Runs work in a transaction of its own, again if a deadlock ended it.
 */
@FunctionalInterface
interface UnitOfWork {

	<T> T run(Supplier<T> work);

}
