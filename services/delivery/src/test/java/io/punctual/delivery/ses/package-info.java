/**
 * Tests of mail by Amazon SES.
 */
@NullMarked
package io.punctual.delivery.ses;

import org.jspecify.annotations.NullMarked;
