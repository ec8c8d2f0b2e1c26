/**
 * Tests of the model of notices.
 */
@NullUnmarked
package io.punctual.notices.notice;

import org.jspecify.annotations.NullUnmarked;
