package io.punctual.clients.component;

/**
 * Whether a component is still offered.
 */
enum ComponentState {

	ACTIVE, RETIRED

}
