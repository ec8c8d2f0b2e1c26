/**
 * The published language: what the services' events say, one record for each type. A
 * field is added one release before it is relied on; nothing is renamed.
 */
@NullMarked
package io.punctual.shared.contract;

import org.jspecify.annotations.NullMarked;
