@NullMarked
package io.punctual.infrastructure.observation;

import org.jspecify.annotations.NullMarked;
