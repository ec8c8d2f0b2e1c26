package io.punctual.sla.adherence;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.WrittenTime;
import io.punctual.sla.clock.Clock;
import io.punctual.sla.clock.ClockSearch;
import io.punctual.sla.clock.ClockView;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says how well promises were kept.
 */
@RestController
class AdherenceController {

	private static final int MISSES = 200;

	private final JdbcClient jdbc;

	private final ClockSearch search;

	private final DatabaseClock database;

	AdherenceController(JdbcClient jdbc, ClockSearch search, DatabaseClock database) {
		this.jdbc = jdbc;
		this.search = search;
		this.database = database;
	}

	@GetMapping("/v1/clients/{clientId}/adherence")
	@ProviderReadOrClient
	Adherence adherence(Caller caller, @PathVariable String clientId, @RequestParam String period) {
		String month = month(period);
		boolean known = this.jdbc.sql("SELECT COUNT(*) FROM client WHERE client_id = ?")
			.param(clientId)
			.query(Long.class)
			.single() > 0;
		if (!known || (!caller.isProvider() && !clientId.equals(caller.clientId()))) {
			throw ProblemException.notFound(clientId);
		}
		List<Clock> breaches = this.search.breaches(clientId, month, MISSES + 1);
		List<Adherence.Miss> misses = breaches.stream()
			.limit(MISSES)
			.map((clock) -> new Adherence.Miss(ClockView.of(clock), clock.countsAsMiss()))
			.toList();
		return new Adherence(clientId, month, this.database.now(), lines(clientId, month), misses,
				breaches.size() > MISSES);
	}

	private List<Adherence.Line> lines(String clientId, String period) {
		Map<Objective, Tally> tallies = new EnumMap<>(Objective.class);
		this.jdbc.sql("""
				SELECT objective, state, COUNT(*) AS clocks,
				  SUM(CASE WHEN attribution = 'RECIPIENT' AND NOT counts_recipient_miss THEN 1 ELSE 0 END) AS excused
				FROM clock WHERE client_id = ? AND period = ? AND NOT drill GROUP BY objective, state""")
			.params(clientId, period)
			.query((row) -> {
				Tally tally = tallies.computeIfAbsent(Objective.valueOf(row.getString("objective")),
						(key) -> new Tally());
				tally.add(row.getString("state"), row.getLong("clocks"), row.getLong("excused"));
			});
		return tallies.entrySet().stream().map((entry) -> entry.getValue().line(entry.getKey())).toList();
	}

	private static String month(String period) {
		try {
			return WrittenTime.month(period).toString();
		}
		catch (DateTimeException ex) {
			throw ProblemException.invalid("period", "must be a month such as 2026-09");
		}
	}

	/**
	 * Counts one objective's clocks.
	 */
	private static final class Tally {

		private long met;

		private long breached;

		private long excused;

		private long atRisk;

		private long running;

		private long voided;

		private void add(String state, long clocks, long excusedClocks) {
			switch (state) {
				case "MET" -> this.met += clocks;
				case "BREACHED" -> {
					this.breached += clocks;
					this.excused += excusedClocks;
				}
				case "AT_RISK" -> this.atRisk += clocks;
				case "RUNNING" -> this.running += clocks;
				default -> this.voided += clocks;
			}
		}

		private Adherence.Line line(Objective objective) {
			long decided = this.met + this.breached - this.excused;
			BigDecimal ratio = (decided > 0)
					? BigDecimal.valueOf(this.met).divide(BigDecimal.valueOf(decided), 4, RoundingMode.DOWN) : null;
			return new Adherence.Line(objective, this.met, this.breached, this.excused, this.atRisk, this.running,
					this.voided, ratio);
		}

	}

}
