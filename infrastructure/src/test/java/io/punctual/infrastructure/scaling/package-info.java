@NullMarked
package io.punctual.infrastructure.scaling;

import org.jspecify.annotations.NullMarked;
