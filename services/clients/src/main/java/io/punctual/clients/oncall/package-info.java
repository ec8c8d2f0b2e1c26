/**
 * Who of the provider is told of escalations.
 */
@NullMarked
package io.punctual.clients.oncall;

import org.jspecify.annotations.NullMarked;
