package io.punctual.clients.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.punctual.shared.problem.ProblemException;

/**
 * What reading a calendar file may cost. A few lines can ask for hours of work: what
 * repeats each second, lists of thousands of days, a zone that changes daily. So the
 * steps are counted before they are made, in the zones before the library reads the file,
 * since it works them out as it does so.
 */
final class HolidayEffort {

	/** A country's holidays of twenty years take some hundred, as rules some thousand. */
	private static final long MOST_STEPS = 100_000;

	/** Each zone takes one of 1,500 names that the library has for all files together. */
	private static final int MOST_ZONES = 20;

	/** Each is compared with the others. */
	private static final int MOST_DATES = 2_000;

	private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

	private static final Pattern START = Pattern.compile("DTSTART[^:]*:(\\d{8}).*");

	/** How many days of a year or month a day of the week, or a week, has. */
	private static final Map<String, Integer> EACH = Map.of("BYDAY", 5, "BYWEEKNO", 7);

	private static final int WEEKS = 53;

	private static final Map<String, Integer> DAYS = Map.of("DAILY", 1, "WEEKLY", 7, "MONTHLY", 28, "YEARLY", 365);

	/** A zone's rules are worked out up to ten years from now. */
	private static final LocalDate ZONES_END = LocalDate.of(2100, 1, 1);

	private long steps;

	private HolidayEffort() {
	}

	/**
	 * What the text of a file costs before its events are looked at.
	 * @param lines the file, with whole lines that end in {@code \n}
	 * @throws ProblemException 422 if it is too much
	 */
	static HolidayEffort of(String lines) {
		// They would end lines for the library, and not here.
		if (CONTROLS.matcher(lines).find()) {
			throw ProblemException.invalid("", "has control characters");
		}
		HolidayEffort effort = new HolidayEffort();
		int zones = 0;
		int dates = 0;
		LocalDate from = null;
		List<String> rules = new ArrayList<>();
		for (String written : lines.split("\n")) {
			String line = written.toUpperCase(Locale.ROOT);
			if (line.startsWith("BEGIN:VTIMEZONE")) {
				zones++;
				from = ZONES_END;
			}
			else if (line.startsWith("END:VTIMEZONE") && from != null) {
				for (String rule : rules) {
					effort.addRule(rule, from, ZONES_END, 0);
				}
				rules.clear();
				from = null;
			}
			else if (line.startsWith("RRULE") && from != null) {
				rules.add(line.substring(line.indexOf(':') + 1));
			}
			else if (line.startsWith("DTSTART") && from != null) {
				Matcher start = START.matcher(line);
				LocalDate first = start.matches() ? date(start.group(1)) : LocalDate.MIN;
				from = first.isBefore(from) ? first : from;
			}
			else if (line.startsWith("RDATE") || line.startsWith("EXDATE")) {
				dates += line.split(",", -1).length;
			}
		}
		if (zones > MOST_ZONES || dates > MOST_DATES) {
			throw ProblemException.invalid("",
					"has more than " + MOST_ZONES + " time zones, or " + MOST_DATES + " dates in RDATE and EXDATE");
		}
		return effort;
	}

	/**
	 * Adds what it takes to work out a rule.
	 * @param rule the value of an RRULE
	 * @param from its first day
	 * @param until the day after the last one that is looked at
	 * @param without how many dates each of its days is compared with
	 * @throws ProblemException 422 if it is too much, or more often than daily
	 */
	void addRule(String rule, LocalDate from, LocalDate until, int without) {
		Map<String, String> parts = parts(rule);
		Integer days = DAYS.get(parts.getOrDefault("FREQ", ""));
		if (days == null) {
			throw ProblemException.invalid("", "repeats by a rule that is not daily, weekly, monthly or yearly");
		}
		LocalDate last = parts.containsKey("UNTIL") ? date(parts.getOrDefault("UNTIL", "")) : until;
		long times = 1 + Math.max(0, ChronoUnit.DAYS.between(from, last.isBefore(until) ? last : until) / days);
		long wide = 1;
		for (Map.Entry<String, String> part : parts.entrySet()) {
			if (part.getKey().startsWith("BY")) {
				boolean ofYear = days == 365 && !parts.containsKey("BYMONTH") && part.getKey().equals("BYDAY");
				long each = ofYear ? WEEKS : EACH.getOrDefault(part.getKey(), 1);
				wide = Math.min(MOST_STEPS, wide * each * part.getValue().split(",", -1).length);
			}
		}
		add(times * wide * (1 + without / 16));
	}

	/**
	 * Adds steps of work.
	 * @param more how many
	 * @throws ProblemException 422 if it is too much
	 */
	void add(long more) {
		this.steps += more;
		if (this.steps > MOST_STEPS) {
			throw ProblemException.invalid("", "repeats too often, from too early or with too many parts");
		}
	}

	private static Map<String, String> parts(String rule) {
		Map<String, String> parts = new HashMap<>();
		for (String part : rule.toUpperCase(Locale.ROOT).split(";")) {
			String[] pair = part.strip().split("=", 2);
			if (pair.length == 2) {
				parts.put(pair[0].strip(), pair[1].strip());
			}
		}
		return parts;
	}

	private static LocalDate date(String text) {
		try {
			return LocalDate.parse(text.substring(0, Math.min(8, text.length())), DateTimeFormatter.BASIC_ISO_DATE);
		}
		catch (DateTimeException ex) {
			throw ProblemException.invalid("",
					"there is no such date: " + text.substring(0, Math.min(8, text.length())));
		}
	}

}
