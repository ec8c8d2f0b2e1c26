package io.punctual.clients.calendar;

import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.punctual.shared.problem.ProblemException;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Period;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DateProperty;
import net.fortuna.ical4j.model.property.ExDate;
import net.fortuna.ical4j.model.property.RRule;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Status;
import net.fortuna.ical4j.model.property.Uid;

/**
 * The holidays of a calendar file (RFC 5545): its events, the latest revision of each,
 * without those that are cancelled. What it cannot read it refuses as a whole.
 */
final class HolidayFile {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd")
		.withResolverStyle(ResolverStyle.STRICT);

	private static final Pattern DATES = Pattern.compile("(?im)^(?:DTSTART|DTEND|RDATE|EXDATE)[;:].*$");

	private static final Pattern DIGITS = Pattern.compile("(?<=[:,/])\\d{8}(?=T|,|/|$)");

	/** An event that lasts longer is no holiday. */
	private static final int LONGEST_DAYS = 366;

	/** As much as is shown of what somebody else made up. */
	private static final int SHOWN = 100;

	private final Collection<VEvent> events;

	private final HolidayEffort effort;

	private HolidayFile(Collection<VEvent> events, HolidayEffort effort) {
		this.events = events;
		this.effort = effort;
	}

	/**
	 * Reads a file.
	 * @param text the file
	 * @throws ProblemException 422 if it is none, names dates that do not exist, or asks
	 * for more work than holidays need
	 */
	static HolidayFile read(String text) {
		String lines = text.replace("\r\n", "\n").replace('\r', '\n');
		String unfolded = lines.replaceAll("\n[ \t]", "");
		checkDates(unfolded);
		HolidayEffort effort = HolidayEffort.of(unfolded);
		Map<String, VEvent> latest = new LinkedHashMap<>();
		try {
			// The standard's ends of lines are the only ones that the library knows.
			String standard = lines.replace("\n", "\r\n");
			for (Component component : new CalendarBuilder().build(new StringReader(standard)).getComponents()) {
				if (component instanceof VEvent event) {
					latest.merge(uid(event), event,
							(known, other) -> (sequence(other) >= sequence(known)) ? other : known);
				}
			}
		}
		catch (IOException | ParserException | RuntimeException ex) {
			throw ProblemException.invalid("", "is not a calendar file (RFC 5545)");
		}
		latest.values()
			.removeIf((event) -> event.<Status>getProperty(Property.STATUS)
				.filter((status) -> Status.VALUE_CANCELLED.equals(status.getValue()))
				.isPresent());
		return new HolidayFile(latest.values(), effort);
	}

	/** The library would take the 31st of February for the 28th. */
	private static void checkDates(String lines) {
		Matcher line = DATES.matcher(lines);
		while (line.find()) {
			Matcher digits = DIGITS.matcher(line.group());
			while (digits.find()) {
				try {
					LocalDate.parse(digits.group(), DATE);
				}
				catch (DateTimeException ex) {
					throw ProblemException.invalid("", "there is no such date: " + digits.group());
				}
			}
		}
	}

	/**
	 * When it is closed.
	 * @param zone whose local time counts for events at a time of day
	 * @param from the first day
	 * @param until the day after the last one
	 * @return spans in local time, in no particular order
	 * @throws ProblemException 422 naming the event that cannot be read
	 */
	List<Closure> closures(ZoneId zone, LocalDate from, LocalDate until) {
		List<Closure> closures = new ArrayList<>();
		for (VEvent event : this.events) {
			try {
				add(event, zone, from, until, closures);
			}
			catch (ProblemException ex) {
				throw ex;
			}
			// Whatever the library makes of a value that is not what it says it is.
			catch (RuntimeException ex) {
				throw refused(event, "cannot be read");
			}
		}
		return closures;
	}

	private void add(VEvent event, ZoneId zone, LocalDate from, LocalDate until, List<Closure> closures) {
		Temporal start = date(event, Property.DTSTART).orElseThrow(() -> refused(event, "has no DTSTART"));
		if (event.getProperty(Property.RECURRENCE_ID).isPresent()) {
			throw refused(event, "has a RECURRENCE-ID, which is not understood here");
		}
		if (start instanceof LocalDate first) {
			addRepetitions(event, first, until);
			for (Period<LocalDate> days : event
				.<LocalDate>calculateRecurrenceSet(new Period<>(from.minusDays(LONGEST_DAYS), until))) {
				LocalDate end = days.getEnd();
				add(event, days.getStart().atStartOfDay(),
						(end.equals(days.getStart())) ? end.plusDays(1).atStartOfDay() : end.atStartOfDay(), closures);
			}
			return;
		}
		if (event.getProperty(Property.RRULE).isPresent() || event.getProperty(Property.RDATE).isPresent()) {
			throw refused(event, "is repeated at a time of day, which is not understood here");
		}
		LocalDateTime begin = local(start, zone);
		add(event, begin,
				date(event, Property.DTEND).map((end) -> local(end, zone)).orElseGet(() -> begin.plus(duration(event))),
				closures);
	}

	private void addRepetitions(VEvent event, LocalDate first, LocalDate until) {
		if (event.getProperty(Property.EXRULE).isPresent()) {
			throw refused(event, "has an EXRULE, which is not understood here");
		}
		int without = event.<ExDate<Temporal>>getProperties(Property.EXDATE)
			.stream()
			.mapToInt((dates) -> dates.getDates().size())
			.sum();
		event.<RRule<Temporal>>getProperties(Property.RRULE)
			.forEach((rule) -> this.effort.addRule(rule.getValue(), first, until, without));
	}

	private void add(VEvent event, LocalDateTime start, LocalDateTime end, List<Closure> closures) {
		if (!end.isAfter(start)) {
			throw refused(event, "ends before it starts");
		}
		if (end.isAfter(start.plusDays(LONGEST_DAYS))) {
			throw refused(event, "lasts longer than a year");
		}
		this.effort.add(1 + ChronoUnit.DAYS.between(start, end));
		closures.add(new Closure(start, end));
	}

	private static Optional<Temporal> date(VEvent event, String name) {
		return event.<DateProperty<?>>getProperty(name).map(DateProperty::getDate);
	}

	private static TemporalAmount duration(VEvent event) {
		return event.<net.fortuna.ical4j.model.property.Duration>getProperty(Property.DURATION)
			.map(net.fortuna.ical4j.model.property.Duration::getDuration)
			.orElseThrow(() -> refused(event, "has neither DTEND nor DURATION"));
	}

	private static LocalDateTime local(Temporal temporal, ZoneId zone) {
		return (temporal instanceof LocalDateTime floating) ? floating
				: java.time.Instant.from(temporal).atZone(zone).toLocalDateTime();
	}

	private static String uid(VEvent event) {
		return event.getUid().map(Uid::getValue).orElseGet(event::toString);
	}

	private static int sequence(VEvent event) {
		return event.<Sequence>getProperty(Property.SEQUENCE).map(Sequence::getSequenceNo).orElse(0);
	}

	private static ProblemException refused(VEvent event, String why) {
		String uid = uid(event);
		return ProblemException.invalid("", "the event " + uid.substring(0, Math.min(SHOWN, uid.length())) + " " + why);
	}

	/**
	 * A time in which nobody works.
	 *
	 * @param start its beginning, in local time
	 * @param end its end, after the beginning
	 */
	record Closure(LocalDateTime start, LocalDateTime end) {
	}

}
