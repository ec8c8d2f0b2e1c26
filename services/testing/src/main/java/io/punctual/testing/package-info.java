/**
 * What the services' tests share: a database, tokens, the contract's check, the rules of
 * the architecture.
 */
@NullMarked
package io.punctual.testing;

import org.jspecify.annotations.NullMarked;
