/**
 * How fast updates reach their receivers, measured on the running system.
 */
@NullMarked
package io.punctual.local.launcher.benchmark;

import org.jspecify.annotations.NullMarked;
