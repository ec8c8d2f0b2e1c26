@NullMarked
package io.punctual.infrastructure;

import org.jspecify.annotations.NullMarked;
