package io.punctual.notices.notice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import io.punctual.notices.support.NoticesTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import io.punctual.shared.transaction.Transactions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Publisher and reader work at the same time: whoever was entitled when an update was
 * said is owed it exactly once, whether the reader was before the publisher, after it, or
 * in between.
 */
@Timeout(300)
class AudienceRaceTests extends NoticesTest {

	@Autowired
	private Transactions transactions;

	@Autowired
	private Publisher publisher;

	@Test
	void nobodyIsMissedAndNobodyIsOwedTwice() throws Exception {
		String component = this.world.component("contended");
		hear();
		String notice = publish("Down", component).noticeId();
		AtomicBoolean over = new AtomicBoolean();
		List<String> clients = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> reader = threads.submit(() -> {
				while (!over.get()) {
					this.readers.of("clients").pull();
				}
			});
			List<Future<?>> publishers = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				publishers.add(threads.submit(() -> {
					for (int n = 0; n < 10; n++) {
						say(notice, Map.of("text", "Still so.")).is(201);
					}
				}));
			}
			Future<?> world = threads.submit(() -> {
				for (int i = 0; i < 60; i++) {
					String client = this.world.client("racer" + i);
					// Entitled since long ago, so owed whatever was said, however late it
					// is told.
					this.world.entitled(client, component);
					clients.add(client);
					Thread.sleep(ThreadLocalRandom.current().nextInt(15));
				}
				return null;
			});
			try {
				world.get();
				for (Future<?> one : publishers) {
					one.get();
				}
			}
			finally {
				over.set(true);
			}
			reader.get();
		}
		hear();
		List<String> updates = get("/v1/notices/" + notice + "/updates").is(200).texts("updateId");
		assertThat(updates).hasSize(31);
		assertThat(get("/v1/notices/" + notice + "/updates").is(200).texts("seq").stream().map(Integer::valueOf))
			.isSorted()
			.doesNotHaveDuplicates();
		Set<String> pairs = new HashSet<>();
		int told = 0;
		for (Told event : told(notice)) {
			if (event.type().equals("update.owed")) {
				for (var owed : event.data().path("owed")) {
					pairs.add(event.data().path("updateId").asString() + owed.path("clientId").asString());
					told++;
				}
			}
		}
		assertThat(pairs).hasSize(updates.size() * clients.size());
		assertThat(told).as("each once").isEqualTo(pairs.size());
	}

	@Test
	void theReaderWaitsForThePublisherAndThenSeesWhatItSaid() throws Exception {
		String component = this.world.component("held");
		String late = this.world.client("late");
		hear();
		String notice = publish("Down", component).noticeId();
		long before = this.readers.of("clients").position();
		this.world.entitled(late, component, Instant.now().minusSeconds(60));
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> holder = threads.submit(() -> this.transactions.write(() -> {
				assertThat(this.publisher.holdAudience()).isEqualTo(before);
				held.countDown();
				try {
					go.await();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}));
			held.await();
			Future<?> reader = threads.submit(() -> this.readers.of("clients").pull());
			try {
				Thread.sleep(300);
				assertThat(reader.isDone()).isFalse();
				assertThat(this.readers.of("clients").position()).isEqualTo(before);
			}
			finally {
				go.countDown();
			}
			holder.get();
			reader.get();
		}
		hear();
		assertThat(get("/v1/notices/" + notice + "/obligations?client=" + late).is(200).texts("supplementary"))
			.containsExactly("true");
	}

}
