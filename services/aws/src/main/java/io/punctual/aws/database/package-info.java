/**
 * Tokens of IAM instead of a password for the database.
 */
@NullMarked
package io.punctual.aws.database;

import org.jspecify.annotations.NullMarked;
