/**
 * Checks access tokens as a Cognito user pool authorizer does.
 */
@NullMarked
package io.punctual.local.edge.authorizer;

import org.jspecify.annotations.NullMarked;
