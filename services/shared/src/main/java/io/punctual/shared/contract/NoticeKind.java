package io.punctual.shared.contract;

/**
 * What kind of thing a notice is about.
 */
public enum NoticeKind {

	INCIDENT, MAINTENANCE, ADVISORY, RELEASE

}
