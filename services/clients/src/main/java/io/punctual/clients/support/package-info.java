/**
 * What the features share: publishing changes, JSON columns.
 */
@NullMarked
package io.punctual.clients.support;

import org.jspecify.annotations.NullMarked;
