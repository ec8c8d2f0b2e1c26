package io.punctual.delivery.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.punctual.delivery.dispatch.Updates;
import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.endpoint.Endpoints;
import io.punctual.delivery.webhook.WebhookBody;
import io.punctual.shared.contract.ClockJudged;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.StatementClosed;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.id.Ids;

import org.springframework.stereotype.Component;

/**
 * Sends each closed statement to its client, as an update that is owed to it at best
 * effort: numbered in its feed, signed to its webhooks, mailed where it has none.
 */
@Component
class StatementsSubscriber implements EventSubscriber {

	private final Endpoints endpoints;

	private final Updates updates;

	private final OwedPages pages;

	StatementsSubscriber(Endpoints endpoints, Updates updates, OwedPages pages) {
		this.endpoints = endpoints;
		this.updates = updates;
		this.pages = pages;
	}

	@Override
	public String source() {
		return "sla";
	}

	@Override
	public Set<String> types() {
		return Set.of(StatementClosed.TYPE);
	}

	@Override
	public Set<String> ignores() {
		return Set.of(ClockJudged.AT_RISK, ClockJudged.BREACHED, ClockJudged.MET);
	}

	@Override
	public void apply(List<Event> events) {
		List<Updates.Said> said = new ArrayList<>();
		List<UpdateOwed> owed = new ArrayList<>();
		for (Event event : events) {
			StatementClosed closed = event.data(StatementClosed.class);
			UpdatePublished update = update(closed, event.time());
			said.add(new Updates.Said(update, event.correlationId(), closed));
			owed.add(new UpdateOwed(update.noticeId(), update.updateId(), update.publishedAt(), false, false, null,
					null, List.of(new UpdateOwed.Owed(Ids.next("obl"), closed.clientId(), webhooks(closed.clientId()),
							update.publishedAt()))));
		}
		this.updates.save(said);
		this.pages.apply(owed);
	}

	/** All of them: filters are for notices, and this is none. */
	private List<String> webhooks(String clientId) {
		return this.endpoints.verifiedOf(List.of(clientId)).stream().map(Endpoint::endpointId).sorted().toList();
	}

	private static UpdatePublished update(StatementClosed closed, Instant at) {
		String text = """
				Your statement of %s is closed. It is number %d of your statements; its hash (SHA-256) is %s.

				Fetch it with your credential: GET %s""".formatted(closed.period(), closed.number(), closed.hash(),
				WebhookBody.Statement.of(closed).href());
		return new UpdatePublished(closed.statementId(), Ids.next("upd"), 1, NoticeKind.RELEASE, WebhookBody.STATED,
				Severity.MINOR, "Statement " + closed.period(), text, List.of(), List.of(), null, at, null, false,
				false, 0);
	}

}
