@NullMarked
package io.punctual.infrastructure.traffic;

import org.jspecify.annotations.NullMarked;
