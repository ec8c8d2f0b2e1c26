/**
 * The evidence as the API shows it: deliveries, their attempts, retries.
 */
@NullMarked
package io.punctual.delivery.log;

import org.jspecify.annotations.NullMarked;
