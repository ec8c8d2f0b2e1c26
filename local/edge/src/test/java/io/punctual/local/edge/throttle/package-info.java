@NullMarked
package io.punctual.local.edge.throttle;

import org.jspecify.annotations.NullMarked;
