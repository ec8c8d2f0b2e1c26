/**
 * The product's meters as metrics in CloudWatch.
 */
@NullMarked
package io.punctual.aws.metrics;

import org.jspecify.annotations.NullMarked;
