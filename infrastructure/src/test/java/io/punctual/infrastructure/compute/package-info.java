@NullMarked
package io.punctual.infrastructure.compute;

import org.jspecify.annotations.NullMarked;
