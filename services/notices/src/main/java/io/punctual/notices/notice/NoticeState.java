package io.punctual.notices.notice;

/**
 * The states of all kinds of notice; {@link Lifecycle} says which belong to which kind.
 */
enum NoticeState {

	/** Not said to anybody yet. Every kind begins here. */
	DRAFT,
	/** Given up: a draft of any kind, or maintenance that will not take place. */
	CANCELLED,

	INVESTIGATING, IDENTIFIED, MONITORING, RESOLVED, POSTMORTEM,

	SCHEDULED, IN_PROGRESS, VERIFYING, COMPLETED,

	INTERIM, FINAL, WITHDRAWN,

	ANNOUNCED, AVAILABLE

}
