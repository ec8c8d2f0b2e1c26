package io.punctual.delivery.dispatch;

import java.util.List;

import io.punctual.shared.release.UngatedWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Notices that the process lives while its work has ended: a thread that everything goes
 * through is dead, and only a new process helps. A database that is away is not that:
 * then the work waits, and a restart would gain nothing.
 */
@Component
class WorkWatch {

	private static final Logger logger = LoggerFactory.getLogger(WorkWatch.class);

	private final Dispatcher dispatcher;

	private final CompletionWriter writer;

	private final ApplicationContext context;

	private boolean broken;

	WorkWatch(Dispatcher dispatcher, CompletionWriter writer, MeterRegistry registry, ApplicationContext context) {
		this.dispatcher = dispatcher;
		this.writer = writer;
		this.context = context;
		Gauge.builder("punctual.dispatcher.saturation", dispatcher, Dispatcher::saturation)
			.description("The part of the slots for work in time that is taken")
			.register(registry);
		Gauge.builder("punctual.completions.waiting", writer, (present) -> present.backlog().size())
			.description("Results of attempts that wait to be written")
			.register(registry);
		Gauge
			.builder("punctual.completions.stalled", writer,
					(present) -> present.backlog().stalled(System.nanoTime()).toMillis() / 1000.0)
			.description("For how long results have waited while nothing was written")
			.baseUnit("seconds")
			.register(registry);
	}

	@UngatedWork("it looks at this process alone")
	@Scheduled(fixedDelay = 2000)
	void look() {
		List<String> dead = this.dispatcher.deadThreads();
		if (this.broken || dead.isEmpty()) {
			return;
		}
		this.broken = true;
		logger.error("Work waits and nothing is done: the threads {} are dead, {} results wait; this process has to be"
				+ " replaced", dead, this.writer.backlog().size());
		AvailabilityChangeEvent.publish(this.context, LivenessState.BROKEN);
		AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
	}

}
