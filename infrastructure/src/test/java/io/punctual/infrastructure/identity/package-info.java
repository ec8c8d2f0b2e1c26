@NullMarked
package io.punctual.infrastructure.identity;

import org.jspecify.annotations.NullMarked;
