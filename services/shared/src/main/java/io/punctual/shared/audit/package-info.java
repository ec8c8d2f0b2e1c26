/**
 * Who did what: each writing request leaves one entry, in the transaction of what it did.
 */
@NullMarked
package io.punctual.shared.audit;

import org.jspecify.annotations.NullMarked;
