@NullMarked
package io.punctual.infrastructure.drill;

import org.jspecify.annotations.NullMarked;
