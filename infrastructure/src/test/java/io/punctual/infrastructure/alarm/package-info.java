/**
 * What all alarms have in common.
 */
@NullMarked
package io.punctual.infrastructure.alarm;

import org.jspecify.annotations.NullMarked;
