/**
 * Notices, their updates and how they may proceed; publishing.
 */
@NullMarked
package io.punctual.notices.notice;

import org.jspecify.annotations.NullMarked;
