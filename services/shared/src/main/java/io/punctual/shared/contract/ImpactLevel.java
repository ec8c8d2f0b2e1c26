package io.punctual.shared.contract;

/**
 * How much of a component is impaired.
 */
public enum ImpactLevel {

	NONE, PARTIAL, MAJOR

}
