/**
 * Where everything runs: the VPC, and who may speak to whom.
 */
@NullMarked
package io.punctual.infrastructure.network;

import org.jspecify.annotations.NullMarked;
