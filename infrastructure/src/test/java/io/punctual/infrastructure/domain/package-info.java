@NullMarked
package io.punctual.infrastructure.domain;

import org.jspecify.annotations.NullMarked;
