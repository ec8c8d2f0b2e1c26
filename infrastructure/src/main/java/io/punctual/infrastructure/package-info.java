/**
 * Everything that Punctual is on AWS: a CDK application, a package for each stack.
 */
@NullMarked
package io.punctual.infrastructure;

import org.jspecify.annotations.NullMarked;
