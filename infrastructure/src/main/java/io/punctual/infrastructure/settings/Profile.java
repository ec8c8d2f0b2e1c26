package io.punctual.infrastructure.settings;

/**
 * How traffic moves to a new release, once its hook has let it in. The hook tries what a
 * tenth of the traffic would find out slowly, so quickly is the rule;
 * {@code release/deploy … --cautious} is for the release that somebody fears.
 */
public enum Profile {

	/**
	 * All at once: a release that the hook has tried is live within seconds.
	 */
	QUICK("CodeDeployDefault.ECSAllAtOnce"),

	/**
	 * A tenth for five minutes, then all: as long as an alarm needs to see a data point
	 * and mean it.
	 */
	CAUTIOUS("CodeDeployDefault.ECSCanary10Percent5Minutes");

	/**
	 * For how long the former release stays warm, to go back to without starting it.
	 */
	public static final int WARM_MINUTES = 10;

	private final String configuration;

	Profile(String configuration) {
		this.configuration = configuration;
	}

	/**
	 * CodeDeploy's name of it.
	 */
	public String configuration() {
		return this.configuration;
	}

}
