/**
 * Amazon SES: mail on AWS, and what becomes of it.
 */
@NullMarked
package io.punctual.delivery.ses;

import org.jspecify.annotations.NullMarked;
