/**
 * What CodeDeploy owns: listeners, target groups and services. Made once.
 */
@NullMarked
package io.punctual.infrastructure.traffic;

import org.jspecify.annotations.NullMarked;
