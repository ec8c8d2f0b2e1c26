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
 * effort: numbered in its feed, signed to its webhooks, mailed where it has none. While a
 * release is heard of that would send it as an update, it waits.
 */
@Component
class StatementsSubscriber implements EventSubscriber, AwaitedMessages.Awaiting {

	private final Endpoints endpoints;

	private final Updates updates;

	private final OwedPages pages;

	private final AwaitedEvents awaited;

	StatementsSubscriber(Endpoints endpoints, Updates updates, OwedPages pages, AwaitedEvents awaited) {
		this.endpoints = endpoints;
		this.updates = updates;
		this.pages = pages;
		this.awaited = awaited;
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
	public Set<String> awaited() {
		return types();
	}

	@Override
	public void catchUp() {
		apply(List.of());
	}

	@Override
	public void apply(List<Event> read) {
		List<Event> events = this.awaited.ready(read, awaited());
		List<Updates.Said> said = new ArrayList<>();
		List<UpdateOwed> owed = new ArrayList<>();
		for (Event event : events) {
			StatementClosed closed = event.data(StatementClosed.class);
			UpdatePublished update = update(closed, event.time());
			said.add(Updates.Said.ofStatement(update, event.correlationId(), closed));
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
