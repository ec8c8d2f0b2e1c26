/**
 * The demo: the main job on a real outage, through the public API.
 */
@NullMarked
package io.punctual.local.launcher.demo;

import org.jspecify.annotations.NullMarked;
