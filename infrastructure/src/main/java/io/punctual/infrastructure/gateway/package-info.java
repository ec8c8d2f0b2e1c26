/**
 * The public API: API Gateway by the document and settings of {@code gateway-config}, its
 * firewall, its name, and what answers when it does not.
 */
@NullMarked
package io.punctual.infrastructure.gateway;

import org.jspecify.annotations.NullMarked;
