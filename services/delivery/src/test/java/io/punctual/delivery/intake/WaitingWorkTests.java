package io.punctual.delivery.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.intake.WaitingPages.Waiting;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.ParkedEvents;
import io.punctual.shared.id.Ids;
import io.punctual.shared.release.WorkGate;
import io.punctual.shared.transaction.Transactions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/**
 * How often a page that waits may fail, where pages take turns: the worst order there
 * could be.
 */
class WaitingWorkTests {

	private static final Instant NOW = Instant.parse("2026-09-01T10:00:00Z");

	private final WaitingPages waiting = mock();

	private final OwedPages pages = mock();

	private final ParkedEvents parked = mock();

	private final ObjectProvider<ParkedEvents> provider = mock();

	private final WorkGate gate = mock();

	private final WaitingWork work = new WaitingWork(this.waiting, this.pages, this.provider,
			new Transactions(mock(PlatformTransactionManager.class)), new DeliveryClock(() -> NOW), this.gate,
			new JsonMapper());

	/** What waits; whoever comes next goes to the end. */
	private final List<Waiting> queue = new ArrayList<>();

	/** How often each notice still fails. */
	private final Map<String, Integer> failing = new HashMap<>();

	private RuntimeException failure = new IllegalArgumentException("a fault of the page");

	private final List<String> tried = new ArrayList<>();

	private final List<Event> givenUp = new ArrayList<>();

	@BeforeEach
	void takeTurns() {
		given(this.gate.isOpen()).willReturn(true);
		given(this.provider.getObject()).willReturn(this.parked);
		given(this.waiting.next(any(), anyBoolean())).willAnswer((call) -> {
			if (this.queue.isEmpty()) {
				return Optional.empty();
			}
			this.queue.add(this.queue.removeFirst());
			return Optional.of(this.queue.getLast());
		});
		given(this.waiting.of(anyString())).willAnswer(
				(call) -> this.queue.stream().filter((one) -> one.noticeId().equals(call.getArgument(0))).toList());
		willAnswer((call) -> this.queue.removeIf((one) -> isSame(one, call.getArgument(0)))).given(this.waiting)
			.remove(any());
		willAnswer((call) -> {
			this.queue.replaceAll((one) -> isSame(one, call.getArgument(0))
					? new Waiting(one.pageId(), call.getArgument(1), one.event(), one.page()) : one);
			return null;
		}).given(this.waiting).applied(any(), anyInt());
		willAnswer((call) -> {
			UpdateOwed page = call.<List<UpdateOwed>>getArgument(0).getFirst();
			this.tried.add(page.noticeId());
			if (this.failing.merge(page.noticeId(), -1, Integer::sum) >= 0) {
				throw this.failure;
			}
			return null;
		}).given(this.pages).applyUnknown(anyList());
		willAnswer((call) -> this.givenUp.addAll(call.getArgument(0))).given(this.parked).park(anyList(), anyString());
	}

	@Test
	void twoThatFailTwiceEachAreAppliedAfterAll() {
		waits("not_a", 1, 10);
		waits("not_b", 2, 10);
		this.failing.putAll(Map.of("not_a", 2, "not_b", 2));
		this.work.work();
		assertThat(this.tried).containsExactly("not_a", "not_b", "not_a", "not_b", "not_a", "not_b");
		assertThat(this.givenUp).isEmpty();
		assertThat(this.queue).isEmpty();
	}

	@Test
	void theThirdFailureOfAPageParksAllThatWaitsOfItsNoticeAndNothingElse() {
		waits("not_a", 1, 10);
		waits("not_b", 2, 10);
		waits("not_a", 3, 10);
		this.failing.put("not_a", Integer.MAX_VALUE);
		this.work.work();
		assertThat(this.givenUp).extracting(Event::subject).containsExactly("not_a", "not_a");
		assertThat(this.tried).filteredOn("not_b"::equals).hasSize(1);
		assertThat(this.queue).isEmpty();
	}

	@Test
	void whatWorkedBetweenTwoFailuresOfAPageTakesNoneOfThemBack() {
		waits("not_a", 1, 10);
		waits("not_b", 2, 2_000);
		this.failing.put("not_a", Integer.MAX_VALUE);
		this.work.work();
		assertThat(this.tried).filteredOn("not_a"::equals).hasSize(3);
		assertThat(this.tried).filteredOn("not_b"::equals).as("parts of two hundred").hasSize(10);
		assertThat(this.givenUp).extracting(Event::subject).containsExactly("not_a");
	}

	@Test
	void whatIsParkedIsTheRestThatWasNotApplied() {
		waits("not_a", 1, 450);
		willAnswer((call) -> {
			UpdateOwed page = call.<List<UpdateOwed>>getArgument(0).getFirst();
			if (page.owed().getFirst().clientId().equals("cli_200")) {
				throw this.failure;
			}
			return null;
		}).given(this.pages).applyUnknown(anyList());
		this.work.work();
		UpdateOwed rest = this.givenUp.getFirst().data(UpdateOwed.class);
		assertThat(this.givenUp).hasSize(1);
		assertThat(rest.owed()).hasSize(250);
		assertThat(rest.owed().getFirst().clientId()).isEqualTo("cli_200");
	}

	@Test
	void aFaultOfTheSurroundingsEndsTheTurnAndCountsForNobody() {
		waits("not_a", 1, 10);
		this.failing.put("not_a", 5);
		this.failure = new TransientDataAccessResourceException("the database is away");
		for (int i = 0; i < 5; i++) {
			this.work.work();
			assertThat(this.tried).hasSize(i + 1);
		}
		assertThat(this.queue).hasSize(1);
		this.work.work();
		assertThat(this.givenUp).isEmpty();
		assertThat(this.queue).isEmpty();
	}

	@Test
	void nothingIsTriedWhileAnotherReleaseWorks() {
		waits("not_a", 1, 10);
		given(this.gate.isOpen()).willReturn(false);
		this.work.work();
		assertThat(this.tried).isEmpty();
		assertThat(this.queue).hasSize(1);
	}

	private void waits(String noticeId, long pageId, int clients) {
		UpdateOwed page = new UpdateOwed(noticeId, Ids.next("upd"), NOW, false, false, null, NOW.plusSeconds(300),
				IntStream.range(0, clients)
					.mapToObj((i) -> new UpdateOwed.Owed(Ids.next("obl"), "cli_" + i, List.of(), NOW))
					.toList());
		this.queue.add(new Waiting(pageId, 0, new Event(pageId, Ids.next("evt"), "notices", UpdateOwed.TYPE, noticeId,
				NOW, "cor-test", new JsonMapper().valueToTree(page)), page));
	}

	private static boolean isSame(Waiting one, Waiting other) {
		return one.pageId() == other.pageId();
	}

}
