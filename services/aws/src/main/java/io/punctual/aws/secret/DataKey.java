package io.punctual.aws.secret;

import java.time.Instant;

/**
 * A data key of KMS.
 *
 * @param plain what seals; never stored
 * @param wrapped the same under KMS's key, as base64url: it goes with each sealed text
 * @param until after which another one seals
 */
record DataKey(byte[] plain, String wrapped, Instant until) {
}
