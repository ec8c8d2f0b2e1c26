@NullMarked
package io.punctual.local.identity;

import org.jspecify.annotations.NullMarked;
