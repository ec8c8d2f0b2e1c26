package io.punctual.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Holidays come from calendar files: the hard cases of RFC 5545, and what real countries
 * publish.
 */
class HolidayTests extends ClientsScenario {

	private static final MediaType CALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);

	@Test
	void theHardCasesAreReadAsTheStandardSays() throws IOException {
		JsonNode expected = JsonMapper.shared().readTree(resource("edge-cases.expected.json"));
		String calendar = office("edge cases");
		String file = without(without(resource("edge-cases.ics"), "e12"), "e13");
		JsonNode taken = json(take(calendar, "?from=2026-01-01&until=2029-01-01", file).expectStatus().isCreated());
		assertThat(taken.path("version").asInt()).isEqualTo(2);
		List<String> closed = new ArrayList<>();
		taken.at("/definition/exceptions").properties().forEach((day) -> {
			if (day.getValue().isEmpty()) {
				closed.add(day.getKey());
			}
		});
		assertThat(closed)
			.containsExactlyElementsOf(expected.path("closedDays").valueStream().map((day) -> day.asString()).toList());
		assertThat(taken.at("/definition/exceptions/2026-12-23")).hasToString("[\"09:00-14:00\"]");
		JsonNode again = json(
				take(calendar, "?from=2026-01-01&until=2029-01-01", file.replace("\r", "").replace("\n", "\r\n"))
					.expectStatus()
					.isOk());
		assertThat(again.path("version").asInt()).isEqualTo(2);
	}

	@Test
	void aFileWithAnEventThatCannotBeReadChangesNothing() throws IOException {
		String calendar = office("refused");
		String file = resource("edge-cases.ics");
		assertThat(problem(take(calendar, "", file))).contains("20260231");
		assertThat(problem(take(calendar, "", without(file, "e13")))).contains("e12@edge.punctual.example")
			.contains("ends before it starts");
		assertThat(problem(take(calendar, "", "no calendar"))).contains("is not a calendar file");
		assertThat(problem(take(calendar, "?from=2026-01-01&until=2026-01-01", without(file, "e13"))))
			.contains("until");
		assertThat(read("/v1/calendars/" + calendar).path("version").asInt()).isEqualTo(1);
		take("cal_00000000000000000000000000", "", without(without(file, "e12"), "e13")).expectStatus().isNotFound();
		assertThat(problem(take(ALWAYS, "", without(without(file, "e12"), "e13")))).contains("never closes");
		this.api.provider()
			.post()
			.uri("/v1/calendars/" + calendar + "/holidays")
			.body(Map.of())
			.exchange()
			.expectStatus()
			.isEqualTo(415);
	}

	@ParameterizedTest
	@MethodSource("bombs")
	void aFileThatAsksForHoursOfWorkIsRefused(String what, String file) {
		String calendar = office(what);
		assertThat(problem(take(calendar, "?from=2026-01-01&until=2046-01-01", file))).hasSizeLessThan(500);
		assertThat(read("/v1/calendars/" + calendar).path("version").asInt()).isEqualTo(1);
	}

	static Stream<Arguments> bombs() {
		String zone = "BEGIN:VTIMEZONE\nTZID:Far/Away\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\n"
				+ "TZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n";
		String often = "1,".repeat(10_000) + "1";
		return Stream.of(arguments("each second", event("1", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=SECONDLY")),
				arguments("since the year 1",
						event("1", "DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY;COUNT=2147483647")),
				arguments("days that come ten thousand times",
						event("1",
								"DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYMONTH=" + often + ";BYMONTHDAY="
										+ often)),
				arguments("a thousand events of each day",
						IntStream.range(0, 1_000)
							.mapToObj((i) -> event("" + i, "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY"))
							.collect(Collectors.joining())),
				arguments("a thousand events of a year each",
						IntStream.range(0, 1_000)
							.mapToObj((i) -> event("" + i, "DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20270101"))
							.collect(Collectors.joining())),
				arguments("a list of dates",
						event("1",
								"DTSTART;VALUE=DATE:20260101\nRDATE;VALUE=DATE:" + "20260102,".repeat(20_000)
										+ "20260103")),
				arguments("rules that take away", event("1", "DTSTART;VALUE=DATE:20260101\nEXRULE:FREQ=DAILY")),
				arguments("a zone that changes each second", event("1", "DTSTART;VALUE=DATE:20260101") + zone),
				arguments("a zone behind another end of line",
						event("1", "DTSTART;VALUE=DATE:20260101") + ("X-A:b\n" + zone).replace('\n', '\r')),
				arguments("more zones than there are names for",
						event("1", "DTSTART;VALUE=DATE:20260101")
								+ zone.replace("RRULE:FREQ=SECONDLY\n", "").repeat(1_000)),
				arguments("an identifier without an end", event("x".repeat(200_000), "SUMMARY:no start")));
	}

	@Test
	void daysFarAwayAreNotLookedAt() {
		String calendar = office("far away");
		String file = event("1", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY");
		assertThat(problem(take(calendar, "?from=%2B999999999-01-01", file))).contains("from");
		assertThat(problem(take(calendar, "?from=0001-01-01", file))).contains("from");
	}

	@Test
	void whatIsClosedStaysClosedAndANightBelongsToItsDay() {
		String calendar = create("/v1/calendars",
				Map.of("name", "nights", "definition",
						Map.of("zone", "Europe/Berlin", "weekly", Map.of("FRI", List.of("08:00-12:00", "22:00-06:00")),
								"exceptions", Map.of("2026-06-19", List.of()))));
		JsonNode taken = json(take(calendar, "?from=2026-06-01&until=2026-07-01",
				span("20260612T090000Z", "20260612T210000Z") + span("20260619T060000Z", "20260619T070000Z"))
			.expectStatus()
			.isCreated());
		assertThat(taken.at("/definition/exceptions/2026-06-12")).as("11:00 to 23:00 in Berlin is closed")
			.hasToString("[\"08:00-11:00\",\"23:00-06:00\"]");
		assertThat(taken.at("/definition/exceptions/2026-06-19")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "england-and-wales, 83, 2020-05-08 2022-06-03 2022-09-19 2023-05-08 2026-12-28",
			"germany-bavaria, 84, 2026-06-04 2026-11-01", "germany, 63, 2026-10-03",
			"united-states, 84, 2026-07-03 2026-07-04 2027-12-31" })
	void theHolidaysOfCountriesAreTakenOver(String country, int count, String known) throws IOException {
		Path file = Path.of("../../../shared/data/holidays", country + ".ics");
		assumeTrue(Files.exists(file), () -> "skipped: there is no " + file);
		String calendar = office(country);
		JsonNode taken = json(
				take(calendar, "?from=2019-01-01&until=2031-01-01", Files.readString(file)).expectStatus().isCreated());
		JsonNode exceptions = taken.at("/definition/exceptions");
		assertThat(exceptions.size()).isEqualTo(count);
		assertThat(known.split(" ")).allSatisfy((day) -> assertThat(exceptions.path(day)).isEmpty());
	}

	private String office(String name) {
		Map<String, List<String>> weekly = new java.util.HashMap<>();
		List.of("MON", "TUE", "WED", "THU", "FRI").forEach((day) -> weekly.put(day, List.of("09:00-17:00")));
		return create("/v1/calendars",
				Map.of("name", name, "definition", Map.of("zone", "Europe/London", "weekly", weekly)));
	}

	private RestTestClient.ResponseSpec take(String calendar, String query, String file) {
		String whole = file.startsWith("BEGIN:VEVENT")
				? "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n" + file + "END:VCALENDAR\r\n" : file;
		return this.api.provider()
			.post()
			.uri("/v1/calendars/" + calendar + "/holidays" + query)
			.contentType(CALENDAR)
			.body(whole.getBytes(StandardCharsets.UTF_8))
			.exchange();
	}

	private static String problem(RestTestClient.ResponseSpec answer) {
		return json(answer.expectStatus().isEqualTo(422)).path("errors").toString();
	}

	private static String span(String start, String end) {
		return event(start, "DTSTART:" + start + "\nDTEND:" + end);
	}

	private static String event(String uid, String lines) {
		return ("BEGIN:VEVENT\nUID:" + uid + "\nDTSTAMP:20260101T000000Z\n" + lines + "\nEND:VEVENT\n").replace("\n",
				"\r\n");
	}

	private static String without(String file, String uid) {
		return file.replaceAll("(?s)BEGIN:VEVENT\\r?\\nUID:" + uid + "@.*?END:VEVENT\\r?\\n", "");
	}

	private static String resource(String name) throws IOException {
		return new ClassPathResource("holidays/" + name).getContentAsString(StandardCharsets.UTF_8);
	}

}
