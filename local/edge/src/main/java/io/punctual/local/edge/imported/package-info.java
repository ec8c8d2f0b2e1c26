/**
 * Derives the document that API Gateway imports from the one that people read, and checks
 * it.
 */
@NullMarked
package io.punctual.local.edge.imported;

import org.jspecify.annotations.NullMarked;
