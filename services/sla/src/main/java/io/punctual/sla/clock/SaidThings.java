package io.punctual.sla.clock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.NoticeCancelled;
import io.punctual.shared.contract.NoticeDetected;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.time.DatabaseTime;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Starts and stops the clocks that events of {@code notices} call for.
 */
@Component
class SaidThings {

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final Clocks clocks;

	private final Obligations obligations;

	private final NoticePeriods noticePeriods;

	SaidThings(JdbcClient jdbc, JdbcTemplate batches, Clocks clocks, Obligations obligations,
			NoticePeriods noticePeriods) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.clocks = clocks;
		this.obligations = obligations;
		this.noticePeriods = noticePeriods;
	}

	void apply(SaidTogether said) {
		detected(said.detected());
		published(said.published());
		owed(said.owed());
		cancelled(said.cancelled());
	}

	private void detected(List<SaidTogether.Of<NoticeDetected>> events) {
		List<Promise> promises = new ArrayList<>();
		for (SaidTogether.Of<NoticeDetected> one : events) {
			NoticeDetected notice = one.data();
			for (NoticeDetected.Expected expected : notice.expected()) {
				expected.agreement()
					.target(Objective.FIRST_UPDATE, notice.kind(), notice.severity())
					.ifPresent((target) -> expected.clients().forEach((client) -> {
						Instant start = later(notice.detectedAt(), client.entitledAt());
						promises.add(new Promise(client.clientId(), Objective.FIRST_UPDATE, notice.noticeId(), "", null,
								null, notice.drill(), expected.agreement(), target, Fact.of(one.event(), start)));
					}));
			}
		}
		this.clocks.start(promises);
	}

	private void published(List<SaidTogether.Of<UpdatePublished>> events) {
		Map<String, Fact> byNotice = new TreeMap<>();
		List<Object[]> rows = new ArrayList<>();
		for (SaidTogether.Of<UpdatePublished> one : events) {
			UpdatePublished update = one.data();
			byNotice.put(update.noticeId(), Fact.of(one.event(), update.publishedAt()));
			rows.add(new Object[] { update.updateId(), update.noticeId(), update.seq(), update.kind().name(),
					update.severity().name(), DatabaseTime.toColumn(update.publishedAt()), update.closing() });
		}
		this.batches.batchUpdate("""
				INSERT INTO published_update (update_id, notice_id, seq, kind, severity, published_at, closing)
				VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE seq = seq""", rows);
		this.noticePeriods.published(events);
		this.clocks.stopAll(Objective.PERIODIC_UPDATE, byNotice);
	}

	private void owed(List<SaidTogether.Of<UpdateOwed>> events) {
		Map<String, Map<String, Fact>> told = new TreeMap<>();
		List<Obligations.Owing> owing = new ArrayList<>();
		for (SaidTogether.Of<UpdateOwed> one : events) {
			UpdateOwed update = one.data();
			// A supplementary obligation is found later than the publication: until then
			// the client was told nothing.
			Fact first = Fact.of(one.event(), update.supplementary() ? one.event().time() : update.publishedAt());
			Map<String, Fact> clients = told.computeIfAbsent(update.noticeId(), (key) -> new TreeMap<>());
			update.owed().forEach((owed) -> clients.putIfAbsent(owed.clientId(), first));
			AgreementTerms agreement = update.agreement();
			if (agreement != null) {
				owing.add(new Obligations.Owing(update, agreement, Fact.of(one.event(), update.publishedAt())));
			}
		}
		told.values().removeIf(Map::isEmpty);
		this.clocks.stopByClient(Objective.FIRST_UPDATE, told);
		if (owing.isEmpty()) {
			return;
		}
		Map<String, Known> said = known(owing);
		this.obligations.owed(owing, said);
		this.noticePeriods.owed(owing);
		periodic(owing, said);
	}

	/** What was said, by update: each before anybody was owed it. */
	private Map<String, Known> known(List<Obligations.Owing> pages) {
		return this.jdbc
			.sql("SELECT update_id, kind, severity, closing FROM published_update WHERE update_id IN (:ids)")
			.param("ids", pages.stream().map((page) -> page.update().updateId()).distinct().toList())
			.query(Known.class)
			.list()
			.stream()
			.collect(Collectors.toMap(Known::updateId, (one) -> one));
	}

	/** The next word is promised from this one on, unless it was the last. */
	private void periodic(List<Obligations.Owing> pages, Map<String, Known> known) {
		List<Promise> promises = new ArrayList<>();
		for (Obligations.Owing page : pages) {
			UpdateOwed update = page.update();
			Known said = Objects.requireNonNull(known.get(update.updateId()), "Owed before it was published");
			if (!said.closing() && !update.supplementary()) {
				page.agreement()
					.target(Objective.PERIODIC_UPDATE, said.kind(), said.severity())
					.ifPresent((target) -> update.owed()
						.forEach((owed) -> promises.add(new Promise(owed.clientId(), Objective.PERIODIC_UPDATE,
								update.noticeId(), update.updateId(), update.updateId(), null, update.drill(),
								page.agreement(), target, page.fact()))));
			}
		}
		this.clocks.start(promises);
	}

	private void cancelled(List<SaidTogether.Of<NoticeCancelled>> events) {
		events.forEach((one) -> this.clocks.voidAll(Objective.FIRST_UPDATE, one.data().noticeId(),
				Fact.of(one.event(), one.data().at()), "The draft was given up."));
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	/**
	 * What matters of an update for the next one.
	 */
	record Known(String updateId, NoticeKind kind, Severity severity, boolean closing) {
	}

}
