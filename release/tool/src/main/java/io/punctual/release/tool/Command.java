package io.punctual.release.tool;

/**
 * One thing that a release script asks for.
 */
@FunctionalInterface
public interface Command {

	/**
	 * Does it.
	 * @param options what the command line says
	 * @return whether the release may go on
	 * @throws ReleaseException if it was asked wrongly, or something it needs is missing
	 * @throws InterruptedException if it was interrupted
	 */
	boolean run(Options options) throws InterruptedException;

}
