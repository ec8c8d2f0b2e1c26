@org.jspecify.annotations.NullMarked
package io.punctual.shared.schema;
