package io.punctual.sla.audit;

import java.util.ArrayList;
import java.util.List;

import io.punctual.shared.release.UngatedWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Follows each chain from its beginning to its end, every night: whatever was changed,
 * put in between or taken away breaks it.
 */
@Component
class AuditVerifier {

	private static final Logger logger = LoggerFactory.getLogger(AuditVerifier.class);

	private static final int PAGE = 1000;

	private final AuditEntries entries;

	AuditVerifier(AuditEntries entries) {
		this.entries = entries;
	}

	@UngatedWork("it only reads")
	@Scheduled(cron = "0 17 3 * * *", zone = "UTC")
	void verifyAll() {
		verify().forEach((finding) -> logger.error("The audit is not as it was written: {}", finding));
	}

	/**
	 * Verify everything.
	 * @return what is wrong, each source's first fault only
	 */
	List<String> verify() {
		List<String> findings = new ArrayList<>();
		for (String source : this.entries.sources()) {
			String finding = verify(source, this.entries.end(source));
			if (finding != null) {
				findings.add(finding);
			}
		}
		return findings;
	}

	private @Nullable String verify(String source, AuditEntries.End end) {
		long number = 0;
		String previous = AuditEntry.FIRST;
		while (number < end.entries()) {
			List<AuditEntry> page = this.entries.after(source, number, PAGE);
			if (page.isEmpty()) {
				return source + " has no entry after number " + number;
			}
			for (AuditEntry entry : page) {
				number++;
				if (entry.number() != number) {
					return source + " lacks number " + number;
				}
				if (!entry.previousHash().equals(previous) || !entry.isIntact()) {
					return source + " has another number " + number + " than was written";
				}
				previous = entry.hash();
				if (number == end.entries()) {
					return previous.equals(end.hash()) ? null : source + " does not end as it did";
				}
			}
		}
		return null;
	}

}
