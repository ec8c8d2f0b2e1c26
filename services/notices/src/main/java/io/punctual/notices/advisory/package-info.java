/**
 * What an advisory says besides its text, and the CSAF document that is made of it.
 */
@NullMarked
package io.punctual.notices.advisory;

import org.jspecify.annotations.NullMarked;
