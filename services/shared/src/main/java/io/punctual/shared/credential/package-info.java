/**
 * A replica of the credentials that {@code clients} owns: whose token is it?
 */
@NullMarked
package io.punctual.shared.credential;

import org.jspecify.annotations.NullMarked;
