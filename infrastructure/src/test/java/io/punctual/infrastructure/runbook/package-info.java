@NullMarked
package io.punctual.infrastructure.runbook;

import org.jspecify.annotations.NullMarked;
