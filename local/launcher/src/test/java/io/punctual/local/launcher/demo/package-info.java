@NullMarked
package io.punctual.local.launcher.demo;

import org.jspecify.annotations.NullMarked;
