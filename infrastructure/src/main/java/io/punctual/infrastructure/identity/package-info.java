/**
 * Who may call: people, clients' machines and the services themselves.
 */
@NullMarked
package io.punctual.infrastructure.identity;

import org.jspecify.annotations.NullMarked;
