package io.punctual.notices.notice;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.punctual.notices.advisory.Advisory;
import io.punctual.notices.advisory.CsafDocument;
import io.punctual.notices.advisory.CsafWriter;
import io.punctual.notices.advisory.Revisions;
import io.punctual.notices.audience.Components;
import io.punctual.notices.obligation.Obligations;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.ETags;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Advisories as CSAF documents, which security tools read. A client gets one as of the
 * last update that it was owed.
 */
@RestController
class CsafController {

	private final Notices notices;

	private final Updates updates;

	private final Obligations obligations;

	private final Components components;

	private final CsafWriter writer;

	private final Transactions transactions;

	CsafController(Notices notices, Updates updates, Obligations obligations, Components components, CsafWriter writer,
			Transactions transactions) {
		this.notices = notices;
		this.updates = updates;
		this.obligations = obligations;
		this.components = components;
		this.writer = writer;
		this.transactions = transactions;
	}

	@GetMapping("/v1/notices/{noticeId}/csaf.json")
	@ProviderReadOrClient
	ResponseEntity<CsafDocument> csaf(@PathVariable String noticeId, Caller caller) {
		String clientId = (caller.isProvider()) ? null : caller.requireClientId();
		return this.transactions.read(() -> {
			Notice notice = this.notices.findById(noticeId).orElseThrow(() -> ProblemException.notFound(noticeId));
			if (clientId != null && !this.obligations.exists(noticeId, clientId)) {
				throw ProblemException.notFound(noticeId);
			}
			if (notice.kind() != NoticeKind.ADVISORY) {
				throw ProblemException.notFound(noticeId + "/csaf.json");
			}
			CsafDocument document = document(notice, this.updates.latest(noticeId, clientId));
			return ResponseEntity.ok()
				.eTag(ETags.ofContent(document))
				.header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + fileName(noticeId) + "\"")
				.contentType(MediaType.APPLICATION_JSON)
				.body(document);
		});
	}

	private CsafDocument document(Notice notice, Optional<Update> latest) {
		Advisory advisory = latest.map((update) -> this.updates.advisory(update.updateId()))
			.orElseGet(notice::advisory);
		return this.writer.write(latest.map(this::revisions).orElseGet(() -> draft(notice)), advisory,
				this.components.names(notice.components()));
	}

	private Revisions revisions(Update latest) {
		List<Revisions.Revision> history = this.updates.steps(latest.noticeId(), latest.seq())
			.stream()
			.map((said) -> new Revisions.Revision(said.seq(), said.publishedAt(),
					word(said.state()) + ": " + said.title()))
			.toList();
		return new Revisions(latest.noticeId(), latest.title(), latest.text(), latest.severity().name(),
				(latest.state() == NoticeState.INTERIM) ? "interim" : "final", history);
	}

	private static Revisions draft(Notice notice) {
		return new Revisions(notice.noticeId(), notice.title(), "A draft: nothing was said yet.",
				notice.severity().name(), "draft",
				List.of(new Revisions.Revision(0, notice.updatedAt(), "Draft: " + notice.title())));
	}

	/** A state as a revision's summary begins with it. */
	private static String word(NoticeState state) {
		return state.name().charAt(0) + state.name().substring(1).toLowerCase(Locale.ROOT);
	}

	/** As CSAF 2.0, 5.1 wants it. */
	private static String fileName(String noticeId) {
		return noticeId.toLowerCase(Locale.ROOT).replaceAll("[^+\\-a-z0-9]+", "_") + ".json";
	}

}
