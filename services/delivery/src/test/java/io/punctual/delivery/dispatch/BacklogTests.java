package io.punctual.delivery.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.DeliveryProperties;
import io.punctual.delivery.endpoint.Endpoints;
import io.punctual.shared.time.DatabaseClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.dao.TransientDataAccessResourceException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * What is seen when work waits and nothing is written.
 */
class BacklogTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final CompletionStore store = mock(CompletionStore.class);

	private final CompletionWriter writer = new CompletionWriter(this.store, new AttemptMeters(this.meters));

	private final Dispatcher dispatcher = new Dispatcher(mock(EndpointQueue.class), this.writer, mock(Attempter.class),
			mock(PendingDeliveries.class), mock(Endpoints.class), clock(),
			new DeliveryProperties(10, Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(15)));

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
			ApplicationAvailabilityBean.class);

	private final WorkWatch watch = new WorkWatch(this.dispatcher, this.writer, this.meters, this.context);

	@BeforeEach
	void isAlive() {
		AvailabilityChangeEvent.publish(this.context, LivenessState.CORRECT);
	}

	@AfterEach
	void stop() {
		this.dispatcher.stopWork();
		this.writer.stop();
		this.context.close();
	}

	@Test
	void waitsSinceTheFirstOrSinceWhatWasWrittenLast() {
		Backlog backlog = new Backlog();
		assertThat(backlog.stalled(99)).isZero();
		backlog.added(100);
		backlog.added(150);
		assertThat(backlog.stalled(300)).isEqualTo(Duration.ofNanos(200));
		backlog.written(1, 320);
		assertThat(backlog.stalled(330)).isEqualTo(Duration.ofNanos(10));
		backlog.written(1, 340);
		assertThat(backlog.stalled(1000)).isZero();
		assertThat(backlog.size()).isZero();
	}

	@Test
	void aDeadWriterBreaksTheProcess() {
		given(this.store.write(any(), any())).willThrow(new NoClassDefFoundError("a part of the program is missing"));
		this.writer.start();
		this.dispatcher.startWork();
		this.watch.look();
		assertThat(liveness()).isEqualTo(LivenessState.CORRECT);
		this.writer.write(completion());
		Awaitility.await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(this.writer::isDead);
		this.watch.look();
		assertThat(liveness()).isEqualTo(LivenessState.BROKEN);
		assertThat(this.context.getBean(ApplicationAvailabilityBean.class).getReadinessState())
			.isEqualTo(ReadinessState.REFUSING_TRAFFIC);
		assertThat(gauge("punctual.completions.waiting")).isEqualTo(1);
		Awaitility.await().atMost(PATIENCE).until(() -> gauge("punctual.completions.stalled") > 0);
	}

	@Test
	void aDatabaseThatIsAwayIsSeenAndBreaksNothing() {
		AtomicReference<Boolean> away = new AtomicReference<>(true);
		given(this.store.write(any(), any())).willAnswer((call) -> {
			if (away.get()) {
				throw new TransientDataAccessResourceException("away");
			}
			return List.of();
		});
		this.writer.start();
		this.dispatcher.startWork();
		var written = this.writer.write(completion());
		Awaitility.await().atMost(PATIENCE).until(() -> gauge("punctual.completions.stalled") > 0.1);
		this.watch.look();
		assertThat(liveness()).isEqualTo(LivenessState.CORRECT);
		away.set(false);
		written.join();
		Awaitility.await().atMost(PATIENCE).until(() -> gauge("punctual.completions.stalled") == 0);
		assertThat(this.meters.get("punctual.webhook.attempts").tag("outcome", "skipped").counter().count())
			.isEqualTo(1);
	}

	@Test
	void saturationIsThePartOfTheSlotsForWorkInTime() {
		Slots slots = new Slots(10);
		assertThat(slots.saturation()).isZero();
		for (int i = 0; i < 4; i++) {
			slots.take("cli_" + i, false);
		}
		slots.take("cli_late", true);
		assertThat(slots.saturation()).isEqualTo(0.5);
	}

	private LivenessState liveness() {
		return this.context.getBean(ApplicationAvailabilityBean.class).getLivenessState();
	}

	private double gauge(String name) {
		return this.meters.get(name).gauge().value();
	}

	private static DeliveryClock clock() {
		DatabaseClock database = Instant::now;
		return new DeliveryClock(database);
	}

	private static Completion completion() {
		return Completion.skipped(mock(Lease.class), mock(PendingDelivery.class), "a test");
	}

}
