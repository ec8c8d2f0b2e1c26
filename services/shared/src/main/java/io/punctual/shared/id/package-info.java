/**
 * Prefixed, sortable identifiers.
 */
@NullMarked
package io.punctual.shared.id;

import org.jspecify.annotations.NullMarked;
