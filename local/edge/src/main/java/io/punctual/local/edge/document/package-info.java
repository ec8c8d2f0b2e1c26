/**
 * Reads an API Gateway document and the settings beside it.
 */
@NullMarked
package io.punctual.local.edge.document;

import org.jspecify.annotations.NullMarked;
