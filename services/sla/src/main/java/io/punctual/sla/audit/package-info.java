/**
 * Who did what by the API, of all services: kept in one place because this service reads
 * every log.
 */
@NullMarked
package io.punctual.sla.audit;

import org.jspecify.annotations.NullMarked;
