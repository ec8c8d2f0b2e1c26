@NullMarked
package io.punctual.infrastructure.budget;

import org.jspecify.annotations.NullMarked;
