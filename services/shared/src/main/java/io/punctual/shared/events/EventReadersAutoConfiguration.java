package io.punctual.shared.events;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

import io.punctual.shared.release.WorkGate;
import io.punctual.shared.security.ServiceTokens;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sets up a reader for each source that a subscriber names.
 */
@AutoConfiguration(after = EventLogAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class EventReadersAutoConfiguration {

	@Bean
	InboxTables inboxTables(JdbcTemplate jdbc) {
		return new InboxTables(jdbc);
	}

	/**
	 * A subscriber may itself want the readers; it then takes them by an
	 * {@code ObjectProvider}.
	 */
	@Bean
	RunningReaders eventReaders(ObjectProvider<EventSubscriber> subscribers, InboxTables tables,
			Transactions transactions, DatabaseClock clock, ServiceTokens tokens, EventProperties properties,
			Environment environment, WorkGate gate) {
		HttpClient http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(Duration.ofSeconds(2))
			.executor(Executors.newVirtualThreadPerTaskExecutor())
			.build();
		SourceAddresses addresses = new SourceAddresses(environment);
		Map<String, List<EventSubscriber>> bySource = new LinkedHashMap<>();
		subscribers.orderedStream()
			.forEach((subscriber) -> bySource.computeIfAbsent(subscriber.source(), (source) -> new ArrayList<>())
				.add(subscriber));
		List<SourceReader> readers = new ArrayList<>();
		bySource.forEach((source,
				of) -> readers.add(new SourceReader(source,
						new SourceClient(http, () -> addresses.of(source), addresses.gather(source), tokens), tables,
						new Inbox(source, tables, transactions, new Subscribers(of), clock::now), properties.pageSize(),
						gate)));
		return new RunningReaders(readers, tables, properties, http);
	}

	@Bean
	ParkedEvents parkedEvents(RunningReaders readers) {
		return new ReaderParkedEvents(readers);
	}

	@Bean
	ParkedEventsController parkedEventsController(InboxTables tables, ParkedEvents parkedEvents) {
		return new ParkedEventsController(tables, parkedEvents);
	}

	@Bean
	ReaderMeters readerMeters(RunningReaders readers, InboxTables tables, DatabaseClock clock) {
		return new ReaderMeters(readers.all(), tables, clock);
	}

	@Bean
	ReadersHealthIndicator eventReadersHealthIndicator(RunningReaders readers) {
		return new ReadersHealthIndicator(readers);
	}

}
