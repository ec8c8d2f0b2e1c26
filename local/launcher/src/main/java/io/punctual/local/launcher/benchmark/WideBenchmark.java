package io.punctual.local.launcher.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.punctual.local.launcher.api.Api;
import io.punctual.local.launcher.benchmark.Plan.Figure;

/**
 * What takes ten thousand endpoints: one update to all of them, and publications while
 * fifty thousand other deliveries wait.
 */
final class WideBenchmark {

	private static final int ENDPOINTS = Integer.getInteger("punctual.benchmark.wide", 10_000);

	private static final int ROUNDS = 3;

	/** So many updates to all of them are the fifty thousand deliveries that wait. */
	private static final int BACKLOG = 5;

	private static final Duration STEADY = Duration.ofSeconds(10);

	private static final Duration PAUSE = Duration.ofSeconds(5);

	/** Half a minute is promised of what is critical, see {@link Crowd}. */
	private static final Duration UNTIL_OVERDUE = Duration.ofSeconds(31);

	private final Api clients;

	private final Receivers receivers;

	private final Publications publications;

	private final Crowd singles;

	private final Report report;

	private final Consumer<String> say;

	WideBenchmark(Api clients, Receivers receivers, Publications publications, Crowd singles, Report report,
			Consumer<String> say) {
		this.clients = clients;
		this.receivers = receivers;
		this.publications = publications;
		this.singles = singles;
		this.report = report;
		this.say = say;
	}

	void run(Plan plan) throws InterruptedException {
		this.say.accept("registering " + ENDPOINTS + " more …");
		Crowd crowd = Crowd.register(this.clients, this.receivers, this.singles.size(), ENDPOINTS);
		for (Figure figure : plan.figures()) {
			switch (figure) {
				case WIDE -> measureWide(crowd);
				case WAITING -> measureWaiting(crowd);
				case OVERDUE -> measureOverdue(crowd);
				default -> {
				}
			}
		}
	}

	private void measureWide(Crowd crowd) throws InterruptedException {
		this.say.accept("one update to " + crowd.size() + " endpoints, " + ROUNDS + " times …");
		Samples publish = new Samples();
		Samples delivered = new Samples();
		this.report.begin();
		this.publications.fanOut(crowd, crowd.size(), ROUNDS, PAUSE, publish, delivered);
		this.report.add("one update to " + crowd.size() + " endpoints, p50", delivered.quantile(0.5),
				Duration.ofSeconds(3));
		this.report.addCpu((long) ROUNDS * crowd.size());
		this.report.remark("publishing it: p50 %s", Samples.text(publish.quantile(0.5)));
	}

	private void measureWaiting(Crowd crowd) throws InterruptedException {
		this.say.accept("20 publications a second while " + BACKLOG * crowd.size() + " less urgent ones wait …");
		List<Receivers.Arrivals> backlog = publish(crowd, "MINOR");
		measureBeside(backlog, "less urgent", crowd);
	}

	private void measureOverdue(Crowd crowd) throws InterruptedException {
		this.say.accept("20 publications a second while " + BACKLOG * crowd.size() + " overdue ones wait …");
		this.receivers.refuse((number) -> number >= this.singles.size());
		List<Receivers.Arrivals> backlog = publish(crowd, "CRITICAL");
		Thread.sleep(UNTIL_OVERDUE);
		this.receivers.refuse((number) -> false);
		measureBeside(backlog, "overdue", crowd);
	}

	private List<Receivers.Arrivals> publish(Crowd crowd, String severity) {
		String notice = this.publications.open(crowd.everyone(), severity);
		List<Receivers.Arrivals> backlog = new ArrayList<>();
		for (int i = 0; i < BACKLOG; i++) {
			backlog.add(this.receivers.of(this.publications.say(notice, i)));
		}
		return backlog;
	}

	private void measureBeside(List<Receivers.Arrivals> backlog, String kind, Crowd crowd) throws InterruptedException {
		int before = backlog.stream().mapToInt(Receivers.Arrivals::size).sum();
		Samples arrived = this.publications.steady(this.singles, STEADY);
		int after = backlog.stream().mapToInt(Receivers.Arrivals::size).sum();
		this.report.add("publish -> first attempt, 20/s, under " + BACKLOG * crowd.size() + " " + kind + ", p99",
				arrived.quantile(0.99), Duration.ofMillis(250));
		this.report.remark("p50 %s; of the others %d had arrived when it began, %d when it ended",
				Samples.text(arrived.quantile(0.5)), before, after);
		for (Receivers.Arrivals arrivals : backlog) {
			arrivals.await(crowd.size());
		}
	}

}
