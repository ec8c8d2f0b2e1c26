/**
 * Agreements, their versions and who is under which.
 */
@NullMarked
package io.punctual.clients.agreement;

import org.jspecify.annotations.NullMarked;
