/**
 * What the tests of this service share: another service's log, and callers' requests.
 */
@NullUnmarked
package io.punctual.notices.support;

import org.jspecify.annotations.NullUnmarked;
