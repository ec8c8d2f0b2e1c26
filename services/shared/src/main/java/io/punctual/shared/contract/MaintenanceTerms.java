package io.punctual.shared.contract;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * That maintenance does not count against availability, and how it earns that. An
 * agreement without it excludes none.
 *
 * @param noticePeriod how long before its window's start maintenance has to be announced,
 * in time by the clock and not in the calendar's; absent: before the start
 * @param monthlyCap how much of a component's service time a month of the agreement's
 * zone excludes at most; absent: as much as was announced in time
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MaintenanceTerms(@Nullable Duration noticePeriod, @Nullable Duration monthlyCap) {
}
