package io.punctual.shared.contract;

/**
 * How grave a notice is, the gravest first.
 */
public enum Severity {

	CRITICAL, MAJOR, MINOR

}
