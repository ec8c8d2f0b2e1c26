package io.punctual.notices.notice;

import java.util.List;

import io.punctual.notices.audience.Components;
import io.punctual.notices.obligation.Obligations;
import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.ETags;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Maintenance as a calendar file, which people's calendars read. A client gets it as of
 * the last update that it was owed.
 */
@RestController
class CalendarController {

	private static final MediaType CALENDAR = MediaType.parseMediaType("text/calendar;charset=UTF-8");

	private final Notices notices;

	private final Updates updates;

	private final Obligations obligations;

	private final Components components;

	private final Transactions transactions;

	CalendarController(Notices notices, Updates updates, Obligations obligations, Components components,
			Transactions transactions) {
		this.notices = notices;
		this.updates = updates;
		this.obligations = obligations;
		this.components = components;
		this.transactions = transactions;
	}

	@GetMapping("/v1/notices/{noticeId}/calendar.ics")
	@ProviderReadOrClient
	ResponseEntity<byte[]> calendar(@PathVariable String noticeId, Caller caller) {
		String clientId = (caller.isProvider()) ? null : caller.requireClientId();
		return this.transactions.read(() -> {
			Notice notice = this.notices.findById(noticeId).orElseThrow(() -> ProblemException.notFound(noticeId));
			if (clientId != null && !this.obligations.exists(noticeId, clientId)) {
				throw ProblemException.notFound(noticeId);
			}
			CalendarFile file = this.updates.latest(noticeId, clientId)
				.map((update) -> file(update, update.window()))
				.orElseGet(() -> file(notice, notice.window()));
			if (file == null) {
				throw ProblemException.notFound(noticeId + "/calendar.ics");
			}
			return ResponseEntity.ok()
				.eTag(ETags.ofContent(file))
				.header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + noticeId + ".ics\"")
				.contentType(CALENDAR)
				.body(file.toBytes());
		});
	}

	private @Nullable CalendarFile file(Update update, @Nullable MaintenanceWindow window) {
		if (window == null) {
			return null;
		}
		List<String> components = update.impacts().stream().map(Impact::componentId).toList();
		return new CalendarFile(update.noticeId(), update.title(), update.text(), names(components), window,
				update.state(), update.publishedAt());
	}

	private @Nullable CalendarFile file(Notice notice, @Nullable MaintenanceWindow window) {
		return (window != null) ? new CalendarFile(notice.noticeId(), notice.title(), "", names(notice.components()),
				window, notice.state(), notice.updatedAt()) : null;
	}

	private List<String> names(List<String> components) {
		return List.copyOf(this.components.names(components).values());
	}

}
