package io.punctual.notices.notice;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * All notices.
 */
interface Notices extends JpaRepository<Notice, String> {

}
