package io.punctual.clients.calendar;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.punctual.clients.support.Keyset;
import io.punctual.shared.audit.Audit;
import io.punctual.shared.calendar.CalendarDefinition;
import io.punctual.shared.calendar.InvalidCalendarException;
import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.id.Ids;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.ProviderRead;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.ETags;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v1/calendars}: in which hours promises are counted.
 */
@RestController
@RequestMapping("/v1/calendars")
class CalendarController {

	private final Calendars calendars;

	private final Transactions transactions;

	private final DatabaseClock clock;

	CalendarController(Calendars calendars, Transactions transactions, DatabaseClock clock) {
		this.calendars = calendars;
		this.transactions = transactions;
		this.clock = clock;
	}

	@PostMapping
	@ProviderWrite
	ResponseEntity<View> create(@Valid @RequestBody Form form) {
		CalendarDefinition definition = form.definition().checked("/definition");
		String id = this.transactions.write(() -> {
			Calendars.Calendar calendar = new Calendars.Calendar(Ids.next("cal"), form.name(), 1, this.clock.now());
			this.calendars.insert(calendar, definition);
			Audit.about(calendar.id());
			return calendar.id();
		});
		View view = view(id);
		return ResponseEntity.created(URI.create("/v1/calendars/" + id)).eTag(ETags.of(view.version())).body(view);
	}

	@GetMapping
	@ProviderRead
	ResponseEntity<Page<Summary>> list(@RequestParam(required = false) @Nullable Integer limit,
			@RequestParam(required = false) @Nullable String cursor, HttpServletRequest request) {
		return PagedResponse.of(Keyset.page("calendars", limit, cursor, this.calendars::page,
				(calendar) -> new Summary(calendar.id(), calendar.name(), calendar.latest(), calendar.createdAt()),
				Summary::id), request);
	}

	@GetMapping("/{calendarId}")
	@ProviderRead
	ResponseEntity<View> get(@PathVariable String calendarId) {
		View view = view(calendarId);
		return ResponseEntity.ok().eTag(ETags.of(view.version())).body(view);
	}

	@PostMapping("/{calendarId}/versions")
	@ProviderWrite
	ResponseEntity<View> addVersion(@PathVariable String calendarId,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody DefinitionForm form) {
		CalendarDefinition definition = form.checked("");
		this.transactions.write(() -> {
			ETags.checkMatch(ifMatch,
					this.calendars.lockLatest(calendarId)
						.orElseThrow(() -> ProblemException.notFound(calendarId))
						.number());
			this.calendars.addVersion(calendarId, definition, this.clock.now());
		});
		View view = view(calendarId);
		return ResponseEntity.created(URI.create("/v1/calendars/" + calendarId))
			.eTag(ETags.of(view.version()))
			.body(view);
	}

	private View view(String id) {
		Calendars.Calendar calendar = find(id);
		CalendarVersion version = this.calendars.version(id, calendar.latest()).orElseThrow();
		return new View(calendar.id(), calendar.name(), version.number(), version.definition(), calendar.createdAt());
	}

	private Calendars.Calendar find(String id) {
		return this.calendars.find(id).orElseThrow(() -> ProblemException.notFound(id));
	}

	record Form(@NotBlank @Size(max = 200) String name, @NotNull @Valid DefinitionForm definition) {
	}

	record DefinitionForm(@NotBlank String zone,
			@NotNull @Size(max = 7) Map<String, @NotNull @Size(max = 48) List<@NotNull String>> weekly,
			@Nullable @Size(max = 2000) Map<String, @NotNull @Size(max = 48) List<@NotNull String>> exceptions) {

		CalendarDefinition checked(String pointer) {
			CalendarDefinition definition = new CalendarDefinition(this.zone, this.weekly,
					Objects.requireNonNullElse(this.exceptions, Map.of()));
			try {
				WorkingCalendar.of(definition);
				return definition;
			}
			catch (InvalidCalendarException ex) {
				throw ProblemException.invalid(pointer + ex.field(), ex.detail());
			}
		}

	}

	record Summary(String id, String name, int version, Instant createdAt) {
	}

	record View(String id, String name, int version, CalendarDefinition definition, Instant createdAt) {
	}

}
