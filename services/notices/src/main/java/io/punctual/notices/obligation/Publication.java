package io.punctual.notices.obligation;

import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;

/**
 * What of an update decides by when it has to arrive.
 *
 * @param noticeId the notice
 * @param updateId the update
 * @param kind the notice's kind
 * @param severity the notice's severity by this update
 * @param drill whether it is an exercise
 */
public record Publication(String noticeId, String updateId, NoticeKind kind, Severity severity, boolean drill) {
}
