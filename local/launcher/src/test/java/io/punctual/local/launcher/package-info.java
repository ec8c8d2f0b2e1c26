@NullMarked
package io.punctual.local.launcher;

import org.jspecify.annotations.NullMarked;
