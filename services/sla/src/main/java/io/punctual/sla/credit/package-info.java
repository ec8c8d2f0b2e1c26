/**
 * Credits: what a month is credited with where promises were not kept.
 */
@NullMarked
package io.punctual.sla.credit;

import org.jspecify.annotations.NullMarked;
