package io.punctual.sla.availability;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import io.punctual.shared.contract.AgreementTerms;
import org.jspecify.annotations.Nullable;

/**
 * How available a client's components were, with all that lets anybody compute it.
 *
 * @param clientId the client
 * @param from the first day
 * @param to the day after the last
 * @param zone the zone in which those days begin
 * @param asOf up to when what happened is known
 * @param countedFrom from when on it is known, and counted, where that is not the first
 * day: a service that was upgraded knows nothing of the time before
 * @param terms every version of an agreement that a component was promised by in the time
 * @param components each component that the client used in it
 */
record Availability(String clientId, LocalDate from, LocalDate to, String zone, Instant asOf,
		@Nullable Instant countedFrom, List<AgreementTerms> terms, List<ComponentAvailability> components) {
}
