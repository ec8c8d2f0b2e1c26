package io.punctual.infrastructure.settings;

/**
 * What the containers run on.
 *
 * @param operatingSystemFamily as ECS names it
 * @param cpuArchitecture as ECS names it
 */
public record Platform(String operatingSystemFamily, String cpuArchitecture) {

	/**
	 * Cheapest for what it does, and the default.
	 */
	public static final Platform ARM64 = new Platform("LINUX", "ARM64");

	public static final Platform X86_64 = new Platform("LINUX", "X86_64");

	/**
	 * For those whose policy asks for it; costs a licence by the hour.
	 */
	public static final Platform WINDOWS = new Platform("WINDOWS_SERVER_2022_CORE", "X86_64");

	/**
	 * As {@code release/render} takes it.
	 */
	public String text() {
		return this.operatingSystemFamily + "/" + this.cpuArchitecture;
	}

	/**
	 * Whether it is Windows, which has no read-only root, no Linux users and no Linux
	 * parameters.
	 */
	public boolean isWindows() {
		return this.operatingSystemFamily.startsWith("WINDOWS");
	}

}
