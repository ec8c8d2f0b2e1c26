@NullMarked
package io.punctual.local.database;

import org.jspecify.annotations.NullMarked;
