package io.punctual.sla.availability;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.events.EventReaders;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.time.WrittenTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says how available a client's components were.
 */
@RestController
class AvailabilityController {

	private static final int MOST_DAYS = 366;

	private final JdbcClient jdbc;

	private final Histories histories;

	private final EventReaders readers;

	AvailabilityController(JdbcClient jdbc, Histories histories, EventReaders readers) {
		this.jdbc = jdbc;
		this.histories = histories;
		this.readers = readers;
	}

	@GetMapping("/v1/clients/{clientId}/availability")
	@ProviderReadOrClient
	Availability availability(Caller caller, @PathVariable String clientId,
			@RequestParam(required = false) @Nullable String component, @RequestParam String from,
			@RequestParam String to) {
		if (!caller.isProvider() && !clientId.equals(caller.clientId()) || !isKnown(clientId)) {
			throw ProblemException.notFound(clientId);
		}
		LocalDate first = date("from", from);
		LocalDate last = date("to", to);
		if (!first.isBefore(last) || first.plusDays(MOST_DAYS).isBefore(last)) {
			throw ProblemException.invalid("to", "must be 1 to 366 days after from");
		}
		History history = this.histories.of(clientId, component,
				first.withDayOfMonth(1).minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
		if (component != null && history.components().isEmpty()) {
			throw ProblemException.notFound(component);
		}
		Instant known = known();
		List<Facts> facts = history.components()
			.stream()
			.map((one) -> history.facts(one, first, last, known))
			.filter((one) -> component != null || !one.spans().isEmpty())
			.toList();
		List<AgreementTerms> terms = history.terms(facts);
		return new Availability(clientId, first, last, history.zone(last).getId(), known,
				history.countedFrom(first, last), terms,
				facts.stream().map((one) -> new ComponentAvailability(one, Measurement.of(one, terms))).toList());
	}

	private boolean isKnown(String clientId) {
		return this.jdbc.sql("SELECT COUNT(*) FROM client WHERE client_id = ?")
			.param(clientId)
			.query(Long.class)
			.single() > 0;
	}

	/** The logs that say something of it are complete up to then. */
	private Instant known() {
		return Stream.of("clients", "notices")
			.map((source) -> this.readers.of(source).asOf())
			.min(Instant::compareTo)
			.orElseThrow()
			.truncatedTo(ChronoUnit.MILLIS);
	}

	private static LocalDate date(String name, String value) {
		try {
			return WrittenTime.date(value);
		}
		catch (DateTimeException ex) {
			throw ProblemException.invalid(name, "must be a date such as 2026-09-01");
		}
	}

}
