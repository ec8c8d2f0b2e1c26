/**
 * Who is calling, and what the caller may do.
 */
@NullMarked
package io.punctual.shared.security;

import org.jspecify.annotations.NullMarked;
