package io.punctual.local.mail;

import java.time.Instant;
import java.util.List;

/**
 * A mail that was caught.
 *
 * @param id its number, counted since the start
 * @param receivedAt when
 * @param from the sender of its header
 * @param to the recipients of its header
 * @param subject its subject
 * @param raw the whole message (RFC 5322)
 */
record CaughtMail(long id, Instant receivedAt, String from, List<String> to, String subject, String raw) {
}
