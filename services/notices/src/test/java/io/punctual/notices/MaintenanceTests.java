package io.punctual.notices;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.punctual.notices.support.NoticesTest;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Maintenance has a window: announced with it, moved, called off, and what people's
 * calendars see of that.
 */
class MaintenanceTests extends NoticesTest {

	private static final Instant SUNDAY = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(3));

	private static final Instant MONDAY = SUNDAY.plus(Duration.ofDays(1));

	@Test
	void aWindowIsAnnouncedMovedAndCalledOff() throws Exception {
		String component = this.world.component("Disks");
		client("x", component);
		hear();
		Answer scheduled = create(maintenance(component, SUNDAY, SUNDAY.plus(Duration.ofHours(2)))).is(201);
		assertThat(scheduled.text("state")).isEqualTo("SCHEDULED");
		String notice = scheduled.noticeId();
		assertThat(window(scheduled.body().path("latestUpdate"))).isEqualTo(SUNDAY + " 0");
		assertThat(told(notice).getFirst().data().path("window").path("start").asString()).isEqualTo(SUNDAY.toString());
		VEvent announced = event(calendar(notice));
		assertThat(announced.getSequence().getSequenceNo()).isZero();

		say(notice, Map.of("text", "Nothing new.")).is(201);
		assertThat(event(calendar(notice)).getSequence().getSequenceNo()).isZero();
		Answer moved = say(notice, Map.of("state", "SCHEDULED", "text", "A day later.", "window",
				window(MONDAY, MONDAY.plusSeconds(3600))))
			.is(201);
		assertThat(window(moved.body())).isEqualTo(MONDAY + " 1");
		VEvent later = event(calendar(notice));
		assertThat(later.getSequence().getSequenceNo()).isEqualTo(1);
		assertThat(later.getUid().orElseThrow().getValue()).isEqualTo(announced.getUid().orElseThrow().getValue());
		assertThat(start(later)).isEqualTo(MONDAY);
		assertThat(end(later)).isEqualTo(MONDAY.plusSeconds(3600));
		assertThat(later.getStatus().getValue()).isEqualTo("CONFIRMED");

		post("/v1/notices/" + notice + "/cancel", Map.of("text", "Not at all.")).is(200);
		VEvent cancelled = event(calendar(notice));
		assertThat(cancelled.getSequence().getSequenceNo()).isEqualTo(2);
		assertThat(cancelled.getStatus().getValue()).isEqualTo("CANCELLED");
	}

	@Test
	void theCalendarIsTheSameBytesUntilSomethingIsSaid() {
		String component = this.world.component("Disks");
		client("x", component);
		hear();
		String notice = create(maintenance(component, SUNDAY, MONDAY)).is(201).noticeId();
		EntityExchangeResult<byte[]> first = file(this.api.provider(), notice, null);
		assertThat(first.getResponseHeaders().getContentType()).hasToString("text/calendar;charset=UTF-8");
		assertThat(file(this.api.provider(), notice, null).getResponseBody()).isEqualTo(first.getResponseBody());
		String tag = first.getResponseHeaders().getETag();
		assertThat(file(this.api.provider(), notice, tag).getStatus().value()).isEqualTo(304);
		say(notice, Map.of("text", "We are prepared.")).is(201);
		assertThat(file(this.api.provider(), notice, tag).getStatus().value()).isEqualTo(200);
	}

	@Test
	void linesAreFoldedByBytesAndTextIsEscaped() throws Exception {
		String component = this.world.component("Köln; Disks, \\ and more");
		client("x", component);
		hear();
		Map<String, Object> draft = maintenance(component, SUNDAY, MONDAY);
		String text = "第一行、" + "漢字🚨".repeat(60) + "\r\nBEGIN:VEVENT; \\n, \u0007 done";
		draft.put("title", "Drive, shelf; \"7\" — ディスク".repeat(4));
		draft.put("update", Map.of("text", text));
		String notice = create(draft).is(201).noticeId();
		byte[] bytes = file(this.api.provider(), notice, null).getResponseBody();
		String file = new String(bytes, StandardCharsets.UTF_8);
		assertThat(file).endsWith("END:VCALENDAR\r\n");
		for (String line : file.split("\r\n")) {
			assertThat(line.getBytes(StandardCharsets.UTF_8)).as(line).hasSizeLessThanOrEqualTo(75);
			assertThat(line).doesNotContain("\n").doesNotContain("\r").doesNotContain("\uFFFD");
		}
		VEvent event = event(file);
		assertThat(event.getSummary().getValue()).isEqualTo("Drive, shelf; \"7\" — ディスク".repeat(4));
		assertThat(event.getDescription().getValue())
			.isEqualTo(text.replace("\r\n", "\n").replace("\u0007", "") + "\n\nComponents: Köln; Disks, \\ and more");
	}

	@Test
	void aClientSeesTheCalendarOfWhatItWasToldOnly() throws Exception {
		String component = this.world.component("Disks");
		String client = client("x", component);
		String other = this.world.client("y");
		this.api.knowCredential("app-" + client, client);
		this.api.knowCredential("app-" + other, other);
		hear();
		String notice = create(maintenance(component, SUNDAY, SUNDAY.plusSeconds(60))).is(201).noticeId();
		this.world.notEntitled(client, component);
		hear();
		say(notice, Map.of("text", "Moved.", "window", window(MONDAY, MONDAY.plusSeconds(60)))).is(201);
		VEvent seen = event(text(file(this.api.client("app-" + client), notice, null)));
		assertThat(start(seen)).isEqualTo(SUNDAY);
		getAs("app-" + other, "/v1/notices/" + notice + "/calendar.ics").isProblem(404, "not-found");
	}

	@Test
	void aDraftIsTentativeAndMayStillBeMovedSilently() throws Exception {
		String component = this.world.component("Disks");
		hear();
		Map<String, Object> draft = maintenance(component, SUNDAY, MONDAY);
		draft.remove("update");
		draft.remove("window");
		Answer created = create(draft).is(201);
		String path = "/v1/notices/" + created.noticeId();
		get(path + "/calendar.ics").isProblem(404, "not-found");
		say(created.noticeId(), Map.of("text", "Soon.")).isProblem(422, "validation");
		Answer planned = patch(path, Map.of("window", window(MONDAY, MONDAY.plusSeconds(60))), "If-Match",
				created.etag())
			.is(200);
		assertThat(event(calendar(created.noticeId())).getStatus().getValue()).isEqualTo("TENTATIVE");
		patch(path, Map.of("window", window(SUNDAY, SUNDAY.plusSeconds(60))), "If-Match", planned.etag()).is(200);
		Answer said = say(created.noticeId(), Map.of("text", "On Sunday.")).is(201);
		assertThat(window(said.body())).isEqualTo(SUNDAY + " 0");
	}

	@Test
	void theWindowStaysOnceTheWorkHasBegun() {
		String component = this.world.component("Disks");
		hear();
		String notice = create(maintenance(component, Instant.now().minusSeconds(60), MONDAY)).is(201).noticeId();
		Answer begun = say(notice, Map.of("state", "IN_PROGRESS", "text", "We have begun.")).is(201);
		assertThat(begun.body().path("window").path("sequence").asInt()).isZero();
		say(notice, Map.of("text", "It takes longer.", "window", window(SUNDAY, MONDAY.plusSeconds(60)))).isProblem(422,
				"validation");
		say(notice, Map.of("state", "VERIFYING", "text", "Looking.")).is(201);
		say(notice, Map.of("state", "COMPLETED", "text", "Done.")).is(201);
		assertThat(get("/v1/notices/" + notice).is(200).body().path("window").path("sequence").asInt()).isZero();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			INCIDENT,    2999-01-01T00:00:00Z, 2999-01-01T01:00:00Z, /window
			RELEASE,     2999-01-01T00:00:00Z, 2999-01-01T01:00:00Z, /window
			MAINTENANCE, 2999-01-01T00:00:00Z, 2999-01-01T00:00:00Z, /window/end
			MAINTENANCE, 2999-01-01T00:00:00Z, 2999-03-01T00:00:00Z, /window/end
			MAINTENANCE, 2026-01-01T00:00:00Z, 2026-01-01T01:00:00Z, /window/end
			MAINTENANCE, 2999-01-01T00:00:00Z,                     , /window/end
			""")
	void aWindowThatCannotBeIsRefused(String kind, String start, String end, String field) {
		String component = this.world.component("Disks");
		hear();
		Map<String, Object> draft = maintenance(component, SUNDAY, MONDAY);
		draft.put("kind", kind);
		draft.put("window", (end != null) ? Map.of("start", start, "end", end) : Map.of("start", start));
		Answer refused = create(draft).isProblem(422, "validation");
		assertThat(refused.body().path("errors").path(0).path("field").asString()).isEqualTo(field);
	}

	@Test
	void otherKindsHaveNoCalendar() {
		String component = this.world.component("Disks");
		hear();
		get("/v1/notices/" + publish("Down", component).noticeId() + "/calendar.ics").isProblem(404, "not-found");
		get("/v1/notices/not_00000000000000000000000000/calendar.ics").isProblem(404, "not-found");
	}

	private String client(String name, String component) {
		String client = this.world.client(name);
		this.world.entitled(client, component);
		return client;
	}

	private static Map<String, Object> maintenance(String component, Instant start, Instant end) {
		Map<String, Object> draft = incident("New disks", List.of(component));
		draft.put("kind", "MAINTENANCE");
		draft.put("window", window(start, end));
		draft.put("update", Map.of("text", "We exchange disks."));
		return draft;
	}

	private static Map<String, Object> window(Instant start, Instant end) {
		return Map.of("start", start.toString(), "end", end.toString());
	}

	private static String window(tools.jackson.databind.JsonNode of) {
		return of.path("window").path("start").asString() + " " + of.path("window").path("sequence").asInt();
	}

	private String calendar(String notice) {
		return text(file(this.api.provider(), notice, null));
	}

	private static String text(EntityExchangeResult<byte[]> file) {
		assertThat(file.getStatus().value()).isEqualTo(200);
		return new String(file.getResponseBody(), StandardCharsets.UTF_8);
	}

	private static EntityExchangeResult<byte[]> file(RestTestClient caller, String notice, String known) {
		return caller.get().uri("/v1/notices/" + notice + "/calendar.ics").headers((headers) -> {
			if (known != null) {
				headers.setIfNoneMatch(known);
			}
		}).exchange().expectBody().returnResult();
	}

	private static Instant start(VEvent event) {
		return Instant.from(event.<DtStart<?>>getRequiredProperty("DTSTART").getDate());
	}

	private static Instant end(VEvent event) {
		return Instant.from(event.<DtEnd<?>>getRequiredProperty("DTEND").getDate());
	}

	private static VEvent event(String file) throws Exception {
		Calendar calendar = new CalendarBuilder().build(new StringReader(file));
		calendar.validate();
		return calendar.<VEvent>getComponent(Component.VEVENT).orElseThrow();
	}

}
