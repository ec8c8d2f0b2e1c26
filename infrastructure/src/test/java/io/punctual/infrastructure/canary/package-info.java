@NullMarked
package io.punctual.infrastructure.canary;

import org.jspecify.annotations.NullMarked;
