@NullMarked
package io.punctual.local.edge.integration;

import org.jspecify.annotations.NullMarked;
