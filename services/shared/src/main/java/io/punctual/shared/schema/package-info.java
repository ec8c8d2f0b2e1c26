/**
 * The schema's version: how a schema gets it, and how a service knows that it is there.
 */
@NullMarked
package io.punctual.shared.schema;

import org.jspecify.annotations.NullMarked;
