/**
 * The event log between the services: appended in the change's own transaction, read over
 * HTTP, applied exactly once.
 */
@NullMarked
package io.punctual.shared.events;

import org.jspecify.annotations.NullMarked;
