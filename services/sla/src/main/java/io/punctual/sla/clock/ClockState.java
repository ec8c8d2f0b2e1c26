package io.punctual.sla.clock;

/**
 * What has become of a promise so far.
 */
public enum ClockState {

	RUNNING, AT_RISK, BREACHED, MET, VOID;

	boolean isOpen() {
		return this == RUNNING || this == AT_RISK;
	}

}
