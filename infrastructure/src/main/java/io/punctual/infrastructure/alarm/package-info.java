/**
 * How an alarm is made: its runbook in its description, its urgency in where it goes.
 */
@NullMarked
package io.punctual.infrastructure.alarm;

import org.jspecify.annotations.NullMarked;
