package io.punctual.shared.contract;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * {@code notice.cancelled}: a draft was given up, nothing of it was said. Whoever waited
 * for a first update of it waits no longer. Readers may pass over it.
 *
 * @param noticeId the notice
 * @param at when
 * @param by who gave it up
 * @param text why
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NoticeCancelled(String noticeId, Instant at, String by, @Nullable String text) {

	public static final String TYPE = "notice.cancelled";

}
