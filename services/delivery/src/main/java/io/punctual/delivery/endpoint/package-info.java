/**
 * What this service knows of endpoints, and the checks that clients asks for.
 */
@NullMarked
package io.punctual.delivery.endpoint;

import org.jspecify.annotations.NullMarked;
