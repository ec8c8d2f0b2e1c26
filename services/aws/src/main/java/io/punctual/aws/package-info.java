/**
 * What every part of this module needs of AWS: where it is, and how it is called.
 */
@NullMarked
package io.punctual.aws;

import org.jspecify.annotations.NullMarked;
