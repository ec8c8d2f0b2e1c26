/**
 * From a commit to all traffic: the pipeline, the deployments and what watches them.
 */
@NullMarked
package io.punctual.infrastructure.release;

import org.jspecify.annotations.NullMarked;
