@NullMarked
package io.punctual.local.system;

import org.jspecify.annotations.NullMarked;
