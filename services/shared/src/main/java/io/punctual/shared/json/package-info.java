/**
 * How JSON is read and written at the API.
 */
@NullMarked
package io.punctual.shared.json;

import org.jspecify.annotations.NullMarked;
