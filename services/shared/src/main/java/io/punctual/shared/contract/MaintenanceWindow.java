package io.punctual.shared.contract;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * When maintenance is to take place, as clients were told.
 *
 * @param start its first instant
 * @param end the instant at which it is over; after {@code start}
 * @param sequence how often it was changed since it was announced, from 0: moved, or
 * called off (RFC 5545, 3.8.7.4)
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MaintenanceWindow(Instant start, Instant end, int sequence) {
}
