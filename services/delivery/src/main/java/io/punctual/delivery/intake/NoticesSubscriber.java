package io.punctual.delivery.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.punctual.delivery.dispatch.Updates;
import io.punctual.delivery.intake.WaitingPages.Read;
import io.punctual.shared.contract.NoticeDetected;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes over what was said and who is owed it. What is owed to many, while more comes
 * than is applied at once, waits: see {@code docs/decisions/urgent-first.md}.
 */
@Component
class NoticesSubscriber implements EventSubscriber {

	static final String SOURCE = "notices";

	/** So few obligations are no burden, whatever waits. */
	private static final int FEW = 50;

	private final Updates updates;

	private final OwedPages pages;

	private final WaitingPages waiting;

	private final WaitingWork work;

	private final MessageSenders senders;

	NoticesSubscriber(Updates updates, OwedPages pages, WaitingPages waiting, WaitingWork work,
			MessageSenders senders) {
		this.updates = updates;
		this.pages = pages;
		this.waiting = waiting;
		this.work = work;
		this.senders = senders;
	}

	@Override
	public String source() {
		return SOURCE;
	}

	@Override
	public Set<String> types() {
		return Set.of(UpdatePublished.TYPE, UpdateOwed.TYPE);
	}

	@Override
	public Set<String> ignores() {
		return Set.of(NoticeDetected.TYPE, "notice.cancelled");
	}

	@Override
	public void startSnapshot() {
		TransactionSynchronizationManager.registerSynchronization(new Snapshot());
	}

	@Override
	public void apply(List<Event> events) {
		List<Updates.Said> said = new ArrayList<>();
		List<Read> owed = new ArrayList<>();
		for (Event event : events) {
			if (event.type().equals(UpdatePublished.TYPE)) {
				said.add(new Updates.Said(event.data(UpdatePublished.class), event.correlationId()));
			}
			else {
				owed.add(new Read(event.data(UpdateOwed.class), event));
			}
		}
		// Each was said before anybody was owed it, so all that was said may come first.
		this.updates.save(said);
		if (isSnapshot()) {
			// It tells of all that matters still, and most of it may be known.
			this.pages.applyUnknown(owed.stream().map(Read::page).toList());
		}
		else {
			applyOrWait(owed);
		}
	}

	private void applyOrWait(List<Read> owed) {
		if (owed.isEmpty()) {
			return;
		}
		Set<String> behind = new HashSet<>(this.waiting.notices());
		int all = owed.stream().mapToInt((read) -> read.page().owed().size()).sum();
		// A release that knows of no waiting would leave it there.
		boolean crowded = (!behind.isEmpty() || all > OwedPages.AT_ONCE)
				&& this.senders.canSend(Set.of(MessageSenders.WAITING));
		List<UpdateOwed> now = new ArrayList<>();
		List<Read> later = new ArrayList<>();
		int count = 0;
		for (Read read : owed) {
			UpdateOwed page = read.page();
			boolean burden = crowded && (page.owed().size() > FEW || count + page.owed().size() > OwedPages.AT_ONCE);
			// What was said later in a notice is never before what was said earlier.
			if (burden || behind.contains(page.noticeId())) {
				later.add(read);
				behind.add(page.noticeId());
			}
			else {
				now.add(page);
				count += page.owed().size();
			}
		}
		this.pages.apply(now);
		if (!later.isEmpty()) {
			this.waiting.add(later);
			this.work.afterCommit();
		}
	}

	private static boolean isSnapshot() {
		return TransactionSynchronizationManager.getSynchronizations().stream().anyMatch(Snapshot.class::isInstance);
	}

	/** That the present transaction applies a snapshot. */
	private static final class Snapshot implements TransactionSynchronization {

	}

}
