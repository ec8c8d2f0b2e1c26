package io.punctual.clients.calendar;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

import io.punctual.shared.calendar.CalendarDefinition;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.ETags;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /v1/calendars/{calendarId}/holidays}: nobody types bank holidays. A
 * calendar file becomes dated exceptions of a further version.
 */
@RestController
@RequestMapping("/v1/calendars/{calendarId}/holidays")
class HolidayController {

	private static final MimeType CALENDAR = new MimeType("text", "calendar");

	private static final int YEARS = 5;

	private static final int MOST_YEARS = 20;

	private static final int FIRST_YEAR = 1970;

	private static final int LAST_YEAR = 2200;

	/** As many as a calendar may have, however it is written. */
	private static final int MOST_EXCEPTIONS = 2000;

	private final Calendars calendars;

	private final Transactions transactions;

	private final DatabaseClock clock;

	HolidayController(Calendars calendars, Transactions transactions, DatabaseClock clock) {
		this.calendars = calendars;
		this.transactions = transactions;
		this.clock = clock;
	}

	@PostMapping
	@ProviderWrite
	ResponseEntity<CalendarController.View> take(@PathVariable String calendarId,
			@RequestParam(required = false) @Nullable LocalDate from,
			@RequestParam(required = false) @Nullable LocalDate until,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable String type,
			@RequestBody byte[] body) {
		// Here and not in the mapping: whoever may not call learns that first.
		if (type == null || !CALENDAR.isCompatibleWith(MimeTypeUtils.parseMimeType(type))) {
			throw ProblemException.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send text/calendar.");
		}
		HolidayFile file = HolidayFile.read(text(body));
		return this.transactions.write(() -> {
			CalendarVersion present = this.calendars.lockLatest(calendarId)
				.orElseThrow(() -> ProblemException.notFound(calendarId));
			ETags.checkMatch(ifMatch, present.number());
			CalendarDefinition next = with(file, present.definition(), from, until);
			if (next.exceptions().equals(present.definition().exceptions())) {
				return answer(ResponseEntity.ok(), calendarId, present);
			}
			this.calendars.addVersion(calendarId, next, this.clock.now());
			return answer(ResponseEntity.status(201).header(HttpHeaders.LOCATION, "/v1/calendars/" + calendarId),
					calendarId, this.calendars.version(calendarId, null).orElseThrow());
		});
	}

	private CalendarDefinition with(HolidayFile file, CalendarDefinition present, @Nullable LocalDate from,
			@Nullable LocalDate until) {
		ZoneId zone = ZoneId.of(present.zone());
		LocalDate first = Objects.requireNonNullElseGet(from,
				() -> this.clock.now().atZone(zone).toLocalDate().withDayOfYear(1));
		if (first.getYear() < FIRST_YEAR || first.getYear() > LAST_YEAR) {
			throw ProblemException.invalid("from", "must be between " + FIRST_YEAR + " and " + LAST_YEAR);
		}
		LocalDate end = Objects.requireNonNullElseGet(until, () -> first.plusYears(YEARS));
		if (!end.isAfter(first) || end.isAfter(first.plusYears(MOST_YEARS))) {
			throw ProblemException.invalid("until", "must be after from, by at most " + MOST_YEARS + " years");
		}
		CalendarDefinition next = Holidays.in(present, file.closures(zone, first, end), first, end);
		if (next.exceptions().size() > MOST_EXCEPTIONS) {
			throw ProblemException.invalid("", "a calendar has at most " + MOST_EXCEPTIONS + " exceptions");
		}
		return next;
	}

	private ResponseEntity<CalendarController.View> answer(ResponseEntity.BodyBuilder builder, String calendarId,
			CalendarVersion version) {
		Calendars.Calendar calendar = this.calendars.find(calendarId).orElseThrow();
		return builder.eTag(ETags.of(version.number()))
			.body(new CalendarController.View(calendar.id(), calendar.name(), version.number(), version.definition(),
					calendar.createdAt()));
	}

	private static String text(byte[] body) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
		}
		catch (CharacterCodingException ex) {
			throw ProblemException.invalid("", "is not UTF-8");
		}
	}

}
