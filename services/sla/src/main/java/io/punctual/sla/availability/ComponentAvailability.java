package io.punctual.sla.availability;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A component's availability in a period.
 *
 * @param facts what happened
 * @param measured what it comes to
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ComponentAvailability(Facts facts, Measured measured) {
}
