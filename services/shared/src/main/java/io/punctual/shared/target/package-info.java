/**
 * Where Punctual may send anything to: public addresses only.
 */
@NullMarked
package io.punctual.shared.target;

import org.jspecify.annotations.NullMarked;
