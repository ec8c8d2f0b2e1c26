@NullMarked
package io.punctual.infrastructure.network;

import org.jspecify.annotations.NullMarked;
