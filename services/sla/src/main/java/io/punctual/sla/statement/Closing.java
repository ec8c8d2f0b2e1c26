package io.punctual.sla.statement;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.StatementClosed;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.id.Ids;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.sla.clock.Clock;
import io.punctual.sla.clock.ClockSearch;

import org.springframework.stereotype.Component;

/**
 * Closes a client's months, one after the other. Whoever does locks the end of the
 * client's chain first, so that each month is closed once, however many try.
 */
@Component
class Closing {

	private final Statements statements;

	private final StatedClients clients;

	private final SaidClocks said;

	private final ClockSearch clocks;

	private final Lines lines;

	private final Figures figures;

	private final SigningKeys keys;

	private final Completeness completeness;

	private final EventLog events;

	private final DatabaseClock database;

	Closing(Statements statements, StatedClients clients, SaidClocks said, ClockSearch clocks, Lines lines,
			Figures figures, SigningKeys keys, Completeness completeness, EventLog events, DatabaseClock database) {
		this.statements = statements;
		this.clients = clients;
		this.said = said;
		this.clocks = clocks;
		this.lines = lines;
		this.figures = figures;
		this.keys = keys;
		this.completeness = completeness;
		this.events = events;
		this.database = database;
	}

	/**
	 * Closes all months up to one that are not closed yet, in the present transaction.
	 * @param clientId the client
	 * @param until the last month
	 * @return what a month waits for, nothing if all are closed
	 */
	List<String> close(String clientId, YearMonth until) {
		Statements.End end = this.statements.lockEnd(clientId);
		Optional<YearMonth> next = this.clients.next(clientId, end.period());
		while (next.isPresent() && !next.get().isAfter(until)) {
			// Before the clocks are read: a clock that is read later is at least as far.
			List<Statement.Log> logs = this.completeness.logs();
			List<String> waitsFor = waitsFor(clientId, next.get(), logs);
			if (!waitsFor.isEmpty()) {
				return waitsFor;
			}
			end = close(clientId, next.get().toString(), end, logs);
			next = this.clients.next(clientId, end.period());
		}
		return List.of();
	}

	/**
	 * What stands against closing a month.
	 */
	List<String> waitsFor(String clientId, YearMonth period, List<Statement.Log> logs) {
		List<String> waitsFor = new ArrayList<>();
		Instant settled = Periods.settled(period);
		logs.stream()
			.filter((log) -> log.asOf().isBefore(settled))
			.forEach((log) -> waitsFor.add("The log of %s is complete up to %s; %s needs it up to %s."
				.formatted(log.source(), log.asOf(), period, settled)));
		long open = this.said.open(clientId, period.toString());
		if (open > 0) {
			waitsFor.add("%d clocks that came due by the end of %s are not judged yet.".formatted(open, period));
		}
		return waitsFor;
	}

	private Statements.End close(String clientId, String period, Statements.End end, List<Statement.Log> logs) {
		List<Clock> due = this.clocks.ofPeriod(clientId, period);
		Map<String, Optional<Statement.Before>> changed = this.said.changed(clientId, period);
		List<Clock> late = this.clocks.byIds(changed.keySet());
		List<Clock> all = new ArrayList<>(due);
		all.addAll(late);
		Figures.Of figures = this.figures.of(clientId, period, due, late, this.lines.terms(all));
		List<AgreementTerms> terms = figures.terms();
		Map<String, Statement.Line> lines = this.lines.of(all, terms);
		List<Statement.Line> said = due.stream()
			.map((clock) -> Objects.requireNonNull(lines.get(clock.clockId())))
			.toList();
		List<Statement.Adjustment> adjustments = late.stream()
			.map((clock) -> new Statement.Adjustment(Objects.requireNonNull(changed.get(clock.clockId())).orElse(null),
					Objects.requireNonNull(lines.get(clock.clockId()))))
			.toList();
		Instant now = this.database.now();
		long number = end.statements() + 1;
		String statementId = Ids.next("stm");
		byte[] document = CanonicalJson
			.write(new Statement(Statement.FORMAT, statementId, clientId, period, number, end.hash(), now, logs,
					Totals.of(said), terms, said, adjustments, figures.availability(), figures.credits()));
		String hash = Hashes.of(document);
		SigningKeys.Seal seal = this.keys.sign(document);
		this.statements.add(new Signed(statementId, clientId, period, number, end.hash(), hash, seal.keyId(),
				seal.signature(), now, new String(document, StandardCharsets.UTF_8)));
		this.said.said(number, List.copyOf(lines.values()));
		this.figures.said(clientId, period, number, figures);
		this.events.append(new NewEvent(StatementClosed.TYPE, statementId, now,
				new StatementClosed(statementId, clientId, period, number, hash))
			.ignorable()
			.restampable());
		return new Statements.End(number, period, hash);
	}

}
