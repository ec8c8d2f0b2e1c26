/**
 * The public entrance: the API as its document defines it, its stage, keys, name and
 * firewall, and what answers where it does not.
 */
@NullMarked
package io.punctual.infrastructure.gateway;

import org.jspecify.annotations.NullMarked;
