/**
 * Who did what in the accounts: CloudTrail, its locked bucket, and alarms on the acts
 * that matter.
 */
@NullMarked
package io.punctual.infrastructure.audit;

import org.jspecify.annotations.NullMarked;
