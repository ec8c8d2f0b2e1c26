/**
 * What the tests of this service share: another service's log, and callers' requests.
 */
@NullMarked
package io.punctual.notices.support;

import org.jspecify.annotations.NullMarked;
