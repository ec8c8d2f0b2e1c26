@NullMarked
package io.punctual.infrastructure.data;

import org.jspecify.annotations.NullMarked;
