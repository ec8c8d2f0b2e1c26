@NullMarked
package io.punctual.infrastructure.settings;

import org.jspecify.annotations.NullMarked;
