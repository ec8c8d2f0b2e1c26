package io.punctual.shared.events;

import java.time.Instant;

/**
 * The log's head as one statement found it.
 *
 * @param epoch whose positions these are
 * @param pos the last position
 * @param tail the first position that is kept; {@code pos + 1} if none is
 * @param now the database's time when the statement began
 */
record LogHead(String epoch, long pos, long tail, Instant now) {
}
