package io.punctual.shared.contract;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code notice.detected}: the provider knows of something, and from now on owes a first
 * update to those it concerns. Pages of at most 500 clients; each page repeats the
 * notice.
 *
 * @param noticeId the notice, which is still a draft
 * @param kind its kind
 * @param severity its severity
 * @param title its title
 * @param components the components it concerns
 * @param detectedAt since when the provider knows
 * @param drill whether it is an exercise, which no statement counts
 * @param page this page, from 1
 * @param pages how many pages there are
 * @param expected who waits for a first update, and under which agreement
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NoticeDetected(String noticeId, NoticeKind kind, Severity severity, String title, List<String> components,
		Instant detectedAt, boolean drill, int page, int pages, List<Expected> expected) {

	public static final String TYPE = "notice.detected";

	/**
	 * The clients under one version of an agreement.
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Expected(AgreementTerms agreement, List<Client> clients) {
	}

	/**
	 * One client.
	 *
	 * @param clientId the client
	 * @param entitledAt since when it has used one of the components; its clock starts
	 * then, if that is later
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Client(String clientId, Instant entitledAt) {
	}

}
