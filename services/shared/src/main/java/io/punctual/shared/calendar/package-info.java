/**
 * Working time: calendars, and the arithmetic that promises are counted with.
 */
@NullMarked
package io.punctual.shared.calendar;

import org.jspecify.annotations.NullMarked;
