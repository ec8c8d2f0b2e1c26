package io.punctual.notices.notice;

import java.util.Optional;

import jakarta.persistence.LockModeType;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/**
 * All notices.
 */
interface Notices extends JpaRepository<Notice, String> {

	/**
	 * Keeps others from changing the notice until the transaction ends, so that its
	 * updates have dense numbers.
	 */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select n from Notice n where n.noticeId = :noticeId")
	Optional<Notice> lock(String noticeId);

}
