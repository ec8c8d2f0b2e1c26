package io.punctual.release.tool;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import io.punctual.release.tool.announce.AnnounceCommand;
import io.punctual.release.tool.buildspec.RehearseCommand;
import io.punctual.release.tool.contract.CompareCommand;
import io.punctual.release.tool.probe.PointsCommand;
import io.punctual.release.tool.probe.ProbeCommand;
import io.punctual.release.tool.provenance.ProvenanceCommand;
import io.punctual.release.tool.render.RenderCommand;
import io.punctual.release.tool.render.RevisionCommand;
import io.punctual.release.tool.vulnerability.VulnerabilitiesCommand;

/**
 * Runs the command that its first argument names; status 1 says that a release must not
 * go on, 2 that it was asked wrongly.
 */
public final class ReleaseTool {

	private static final Map<String, Command> COMMANDS = new TreeMap<>(Map.of("announce", new AnnounceCommand(),
			"compare", new CompareCommand(), "points", new PointsCommand(), "probe", new ProbeCommand(), "provenance",
			new ProvenanceCommand(), "rehearse", new RehearseCommand(), "render", new RenderCommand(), "revision",
			new RevisionCommand(), "vulnerabilities", new VulnerabilitiesCommand()));

	private ReleaseTool() {
	}

	public static void main(String[] args) {
		System.exit(run(args));
	}

	static int run(String... args) {
		Command command = (args.length > 0) ? COMMANDS.get(args[0]) : null;
		if (command == null) {
			System.err.println("release-tool " + String.join("|", COMMANDS.keySet()) + " --option value …");
			return 2;
		}
		try {
			return command.run(Options.parse(Arrays.asList(args).subList(1, args.length))) ? 0 : 1;
		}
		catch (ReleaseException ex) {
			System.err.println(args[0] + ": " + ex.getMessage());
			return 2;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return 1;
		}
	}

}
