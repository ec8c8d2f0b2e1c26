package io.punctual.notices.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.notices.audience.Audiences;
import io.punctual.notices.audience.Concern;
import io.punctual.notices.audience.Member;
import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.events.EventReaders;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.ProviderRead;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers whom the next update would be owed to if it were said now: the blast radius,
 * before publishing.
 */
@RestController
class AudienceController {

	private final Notices notices;

	private final Audiences audiences;

	private final Updates updates;

	private final EventReaders readers;

	private final DatabaseClock clock;

	private final Transactions transactions;

	AudienceController(Notices notices, Audiences audiences, Updates updates, EventReaders readers, DatabaseClock clock,
			Transactions transactions) {
		this.notices = notices;
		this.audiences = audiences;
		this.updates = updates;
		this.readers = readers;
		this.clock = clock;
		this.transactions = transactions;
	}

	@GetMapping("/v1/notices/{noticeId}/audience")
	@ProviderRead
	ResponseEntity<Audience> preview(@PathVariable String noticeId, @RequestParam(required = false) boolean closing,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit) {
		int size = Cursors.limit(limit);
		List<String> filter = List.of(noticeId, String.valueOf(closing));
		String after = Cursors.decode(cursor, filter, List::getFirst);
		return this.transactions.read(() -> {
			Notice notice = this.notices.findById(noticeId).orElseThrow(() -> ProblemException.notFound(noticeId));
			Instant now = this.clock.now();
			long position = this.readers.of("clients").position();
			Concern concern = Concern.by(notice.components(), notice.kind(), notice.severity());
			if (closing && notice.publishedAt() != null) {
				concern = concern.orToldOf(noticeId, this.updates.severities(noticeId));
			}
			List<Member> members = new ArrayList<>(this.audiences.find(concern, now));
			members.sort(Comparator.comparing(Member::clientId));
			List<Member> rest = members.stream()
				.filter((member) -> after == null || member.clientId().compareTo(after) > 0)
				.limit(size + 1L)
				.toList();
			Page<Recipient> page = Page.of(rest.stream().map((member) -> recipient(notice, member, now)).toList(), size,
					(last) -> Cursors.encode(filter, last.clientId()));
			return ResponseEntity.ok(audience(notice, members, page, position, now));
		});
	}

	private static Audience audience(Notice notice, List<Member> members, Page<Recipient> page, long position,
			Instant now) {
		Map<@Nullable AgreementTerms, Integer> counts = new LinkedHashMap<>();
		members.forEach((member) -> counts.merge(member.agreement(), 1, Integer::sum));
		List<Promise> promises = new ArrayList<>(counts.size());
		counts.forEach((agreement, clients) -> {
			Duration target = target(notice, agreement);
			promises.add(new Promise((agreement != null) ? agreement.agreementId() : null,
					(agreement != null) ? agreement.version() : null, (agreement != null) ? agreement.name() : null,
					clients, target, dueAt(agreement, target, now)));
		});
		promises.sort(Comparator.comparing(Promise::dueAt, Comparator.nullsLast(Comparator.naturalOrder())));
		return new Audience(notice.noticeId(), position, now, members.size(),
				members.stream().mapToInt((member) -> member.endpointIds().size()).sum(),
				(int) members.stream().filter((member) -> member.endpointIds().isEmpty()).count(), promises,
				page.items(), page.next());
	}

	private static Recipient recipient(Notice notice, Member member, Instant now) {
		AgreementTerms agreement = member.agreement();
		return new Recipient(member.clientId(), member.endpointIds(),
				(agreement != null) ? agreement.agreementId() : null, dueAt(agreement, target(notice, agreement), now));
	}

	private static @Nullable Duration target(Notice notice, @Nullable AgreementTerms agreement) {
		return (agreement != null) ? agreement.target(Objective.DELIVERY, notice.kind(), notice.severity()).orElse(null)
				: null;
	}

	private static @Nullable Instant dueAt(@Nullable AgreementTerms agreement, @Nullable Duration target, Instant now) {
		return (agreement != null && target != null)
				? WorkingCalendar.of(agreement.calendar().definition()).add(now, target) : null;
	}

	/**
	 * Whom an update said now would be owed to.
	 *
	 * @param withoutEndpoint clients that it would reach by their feed only
	 * @param promises one for each version of an agreement, the most urgent first
	 * @param items a page of the clients
	 */
	record Audience(String noticeId, long audiencePosition, Instant asOf, int clients, int endpoints,
			int withoutEndpoint, List<Promise> promises, List<Recipient> items, @Nullable String next) {
	}

	/**
	 * What is promised to some of them; without an agreement, nothing.
	 */
	record Promise(@Nullable String agreementId, @Nullable Integer agreementVersion, @Nullable String name, int clients,
			@Nullable Duration target, @Nullable Instant dueAt) {
	}

	/**
	 * One client.
	 */
	record Recipient(String clientId, List<String> endpointIds, @Nullable String agreementId, @Nullable Instant dueAt) {
	}

}
