/**
 * Deployments as CodeDeploy, ECS and the scaling know them.
 */
@NullMarked
package io.punctual.release.hook.deployment;

import org.jspecify.annotations.NullMarked;
