/**
 * What Lambda calls: the hook before traffic moves, the watcher of deployments, the
 * receiver of synthetic webhooks.
 */
@NullMarked
package io.punctual.release.hook;

import org.jspecify.annotations.NullMarked;
