/**
 * Names, certificates and mail: what a domain's owner has to confirm.
 */
@NullMarked
package io.punctual.infrastructure.domain;

import org.jspecify.annotations.NullMarked;
