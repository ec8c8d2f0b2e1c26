package io.punctual.notices.notice;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;

import io.punctual.shared.contract.MaintenanceWindow;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Categories;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.LastModified;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Status;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Transp;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * Maintenance as a calendar file (RFC 5545) of one event. The event's UID is the
 * notice's, so a later file with a higher SEQUENCE replaces an earlier one; whatever is
 * in it follows from what was said, so that the same state gives the same bytes.
 *
 * @param noticeId the notice
 * @param title what it is about
 * @param text what was said last; empty for a draft
 * @param components the names of its components
 * @param window when it takes place
 * @param state what it has come to
 * @param changedAt when it last changed
 */
record CalendarFile(String noticeId, String title, String text, Collection<String> components, MaintenanceWindow window,
		NoticeState state, Instant changedAt) {

	/** The longest line, in bytes without its end (RFC 5545, 3.1). */
	private static final int LINE = 75;

	private static final int UNFOLDED = Integer.MAX_VALUE;

	/**
	 * The file.
	 * @return its bytes, in UTF-8
	 */
	byte[] toBytes() {
		VEvent event = new VEvent(false);
		event.add(new Uid(this.noticeId + "@punctual"));
		event.add(new DtStamp(second(this.changedAt)));
		event.add(new LastModified(second(this.changedAt)));
		event.add(new Sequence(this.window.sequence()));
		event.add(new DtStart<>(second(this.window.start())));
		event.add(new DtEnd<>(second(this.window.end())));
		event.add(new Summary(printable(this.title)));
		event.add(new Description(printable(description())));
		event.add(new Categories("MAINTENANCE"));
		event.add(new Status(status()));
		event.add(new Transp(Transp.VALUE_TRANSPARENT));
		Calendar calendar = new Calendar();
		calendar.add(new ProdId("-//Punctual//notices//EN"));
		calendar.add(ImmutableVersion.VERSION_2_0);
		calendar.add(event);
		StringWriter lines = new StringWriter();
		try {
			new CalendarOutputter(true, UNFOLDED).output(calendar, lines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return folded(lines.toString()).getBytes(StandardCharsets.UTF_8);
	}

	private String status() {
		return switch (this.state) {
			case DRAFT -> Status.VALUE_TENTATIVE;
			case CANCELLED -> Status.VALUE_CANCELLED;
			default -> Status.VALUE_CONFIRMED;
		};
	}

	private String description() {
		String names = "Components: " + String.join(", ", this.components);
		return this.text.isEmpty() ? names : this.text.strip() + "\n\n" + names;
	}

	private static Instant second(Instant instant) {
		return instant.truncatedTo(ChronoUnit.SECONDS);
	}

	/** A TEXT has no controls but the tab, and one way to end a line. */
	private static String printable(String text) {
		return text.replace("\r\n", "\n").replace('\r', '\n').replaceAll("[\\p{Cc}&&[^\\n\\t]]", "");
	}

	/**
	 * Folds by bytes, which the library counts as characters, and never within a
	 * character.
	 */
	private static String folded(String lines) {
		StringBuilder folded = new StringBuilder(lines.length() + lines.length() / 16);
		int length = 0;
		for (int i = 0; i < lines.length();) {
			int character = lines.codePointAt(i);
			i += Character.charCount(character);
			if (character == '\r' || character == '\n') {
				length = 0;
			}
			else {
				int bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
				if (length + bytes > LINE) {
					folded.append("\r\n ");
					length = 1;
				}
				length += bytes;
			}
			folded.appendCodePoint(character);
		}
		return folded.toString();
	}

}
