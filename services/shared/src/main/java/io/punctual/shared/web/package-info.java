/**
 * API manners: entity tags, keyset pages, bodies of a bounded size.
 */
@NullMarked
package io.punctual.shared.web;

import org.jspecify.annotations.NullMarked;
