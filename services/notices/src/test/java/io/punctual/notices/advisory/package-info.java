/**
 * Advisories and their documents.
 */
@NullUnmarked
package io.punctual.notices.advisory;

import org.jspecify.annotations.NullUnmarked;
