/**
 * What clients call with: app clients of Cognito and keys of API Gateway.
 */
@NullMarked
package io.punctual.aws.credential;

import org.jspecify.annotations.NullMarked;
