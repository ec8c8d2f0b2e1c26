/**
 * Secrets sealed with data keys that KMS wraps.
 */
@NullMarked
package io.punctual.aws.secret;

import org.jspecify.annotations.NullMarked;
