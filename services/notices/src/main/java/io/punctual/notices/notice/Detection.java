package io.punctual.notices.notice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.punctual.notices.audience.Audiences;
import io.punctual.notices.audience.Concern;
import io.punctual.notices.audience.Member;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.NoticeDetected;
import io.punctual.shared.contract.NoticeDetected.Client;
import io.punctual.shared.contract.NoticeDetected.Expected;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.time.DatabaseClock;

import org.springframework.stereotype.Component;

/**
 * Tells that the provider knows of something: from {@code detectedAt} on, those whom it
 * concerns wait for a first update. Each client is told of once for a notice.
 */
@Component
class Detection {

	private final Audiences audiences;

	private final EventLog events;

	private final DatabaseClock clock;

	Detection(Audiences audiences, EventLog events, DatabaseClock clock) {
		this.audiences = audiences;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * A draft has got its instant of detection.
	 */
	void begin(Notice notice) {
		Instant now = this.clock.now();
		tell(notice, this.audiences.find(concern(notice, notice.components()), now), now);
	}

	/**
	 * A detected draft concerns more components than before.
	 */
	void widen(Notice notice, Collection<String> componentsBefore) {
		Instant now = this.clock.now();
		Set<String> before = this.audiences.find(concern(notice, componentsBefore), now)
			.stream()
			.map(Member::clientId)
			.collect(Collectors.toSet());
		List<Member> members = this.audiences.find(concern(notice, notice.components()), now)
			.stream()
			.filter((member) -> !before.contains(member.clientId()))
			.toList();
		if (!members.isEmpty()) {
			tell(notice, members, now);
		}
	}

	/**
	 * A detected draft concerns clients whose entitlement was granted meanwhile.
	 */
	void join(Notice notice, Collection<String> clientIds) {
		Instant now = this.clock.now();
		List<Member> members = this.audiences.find(concern(notice, notice.components()).among(clientIds), now);
		if (!members.isEmpty()) {
			tell(notice, members, now);
		}
	}

	private static Concern concern(Notice notice, Collection<String> components) {
		return Concern.by(components, notice.kind(), notice.severity());
	}

	private void tell(Notice notice, List<Member> members, Instant now) {
		events(notice, members, now).forEach((event) -> this.events.append(event.restampable()));
	}

	/**
	 * The events for some clients, at least one; those to whom nothing is promised have
	 * nothing to expect.
	 */
	static List<NewEvent> events(Notice notice, List<Member> members, Instant now) {
		Instant detectedAt = notice.detectedAt();
		if (detectedAt == null) {
			return List.of();
		}
		List<List<Expected>> pages = pages(members);
		List<NewEvent> events = new ArrayList<>(pages.size());
		for (int i = 0; i < pages.size(); i++) {
			events.add(new NewEvent(NoticeDetected.TYPE, notice.noticeId(), now,
					new NoticeDetected(notice.noticeId(), notice.kind(), notice.severity(), notice.title(),
							notice.components(), detectedAt, notice.isDrill(), i + 1, pages.size(), pages.get(i))));
		}
		return events;
	}

	private static List<List<Expected>> pages(List<Member> members) {
		Map<AgreementTerms, List<Client>> byAgreement = new LinkedHashMap<>();
		for (Member member : members) {
			if (member.agreement() != null) {
				byAgreement.computeIfAbsent(member.agreement(), (key) -> new ArrayList<>())
					.add(new Client(member.clientId(), member.entitledAt()));
			}
		}
		List<List<Expected>> pages = new ArrayList<>();
		pages.add(new ArrayList<>());
		int room = UpdateOwed.MAX_OWED;
		for (Map.Entry<AgreementTerms, List<Client>> entry : byAgreement.entrySet()) {
			List<Client> rest = entry.getValue();
			while (!rest.isEmpty()) {
				if (room == 0) {
					pages.add(new ArrayList<>());
					room = UpdateOwed.MAX_OWED;
				}
				int fit = Math.min(room, rest.size());
				pages.getLast().add(new Expected(entry.getKey(), List.copyOf(rest.subList(0, fit))));
				rest = rest.subList(fit, rest.size());
				room -= fit;
			}
		}
		return pages;
	}

}
