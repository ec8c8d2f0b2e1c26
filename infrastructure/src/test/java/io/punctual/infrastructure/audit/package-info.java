@NullMarked
package io.punctual.infrastructure.audit;

import org.jspecify.annotations.NullMarked;
