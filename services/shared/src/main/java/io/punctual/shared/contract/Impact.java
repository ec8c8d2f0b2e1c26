package io.punctual.shared.contract;

/**
 * How a component fares from the instant of an update on.
 *
 * @param componentId the component
 * @param level how much of it is impaired
 */
public record Impact(String componentId, ImpactLevel level) {
}
