@NullMarked
package io.punctual.infrastructure.document;

import org.jspecify.annotations.NullMarked;
