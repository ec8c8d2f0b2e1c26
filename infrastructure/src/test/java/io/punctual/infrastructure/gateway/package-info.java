@NullMarked
package io.punctual.infrastructure.gateway;

import org.jspecify.annotations.NullMarked;
