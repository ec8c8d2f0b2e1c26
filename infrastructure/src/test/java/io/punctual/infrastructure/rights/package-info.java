/**
 * What code calls of AWS, against what its role may.
 */
@NullMarked
package io.punctual.infrastructure.rights;

import org.jspecify.annotations.NullMarked;
