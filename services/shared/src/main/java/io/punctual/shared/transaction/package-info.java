/**
 * Transactions that are retried when the database or the event log asks for it.
 */
@NullMarked
package io.punctual.shared.transaction;

import org.jspecify.annotations.NullMarked;
