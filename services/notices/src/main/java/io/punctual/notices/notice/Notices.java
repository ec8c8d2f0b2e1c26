package io.punctual.notices.notice;

import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/**
 * All notices.
 */
interface Notices extends JpaRepository<Notice, String> {

	/**
	 * Keeps others from changing a notice until the transaction ends, so that its updates
	 * have dense numbers. In plain SQL: what Hibernate writes for a lock on MySQL,
	 * MariaDB does not read.
	 * @param noticeId the notice
	 * @return the notice as it is now
	 */
	@Query(nativeQuery = true, value = "SELECT * FROM notice WHERE notice_id = ?1 FOR UPDATE")
	Optional<Notice> lock(String noticeId);

	/**
	 * Writes a notice now, so that its version is known: a new one, or what has changed
	 * of one that this transaction has locked. To be saved, that one would be compared
	 * and copied onto itself.
	 * @param notice the notice
	 */
	default void write(Notice notice) {
		if (notice.isNew()) {
			saveAndFlush(notice);
		}
		else {
			flush();
		}
	}

}
