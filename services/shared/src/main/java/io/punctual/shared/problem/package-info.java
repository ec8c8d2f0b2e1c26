/**
 * One place that turns exceptions into problem details (RFC 9457).
 */
@NullMarked
package io.punctual.shared.problem;

import org.jspecify.annotations.NullMarked;
