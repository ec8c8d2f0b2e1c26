package io.punctual.local.launcher;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param demo whether to run the demo, rather than only to start
 * @param reset whether to delete all data first
 * @param keep whether the system goes on after the demo
 * @param compose whether in containers, rather than as processes of this host
 * @param incident the timeline that the demo replays; null for the one it brings
 * @param kill the service that is killed in the middle of the demo; null for none
 * @param help whether only to explain
 */
public record Options(boolean demo, boolean reset, boolean keep, boolean compose, @Nullable Path incident,
		@Nullable String kill, boolean help) {

	static final String USAGE = """
			./run                       start everything; Ctrl-C stops it, the data stays
			./run --reset               the same, with all data deleted first
			./run demo                  start, replay a real outage, show who was told in time, stop
			./run demo --keep           the same, and leave it running
			./run demo --incident=FILE  replay another timeline
			./run demo --kill=SERVICE   kill -9 that service in the middle (clients, notices, delivery, sla, each)
			./run [demo …] --compose    the same in containers, on MySQL (the images: ./mvnw -Pimages package -DskipTests)
			./run benchmark             measure how fast updates reach 1,000 receivers, on data of its own
			./run benchmark --figures=A,B --warm-up=SECONDS
			                            measure these only (./run benchmark --figures=help names them)
			./run verify-statement --keys=KEYS.json STATEMENT.json …
			                            recompute statements that somebody has kept (paths from this folder)
			""";

	static Options parse(String... args) {
		Set<String> flags = new HashSet<>();
		Path incident = null;
		String kill = null;
		for (String arg : args) {
			String value = arg.substring(arg.indexOf('=') + 1);
			switch (arg.contains("=") ? arg.substring(0, arg.indexOf('=') + 1) : arg) {
				case "demo", "--reset", "--keep", "--compose" -> flags.add(arg);
				case "help", "-h", "--help" -> flags.add("help");
				case "--incident=" -> incident = Path.of(value);
				case "--kill=" -> kill = killable(value);
				default -> throw new LauncherException("'" + arg + "' is unknown here.\n\n" + USAGE);
			}
		}
		boolean demo = flags.contains("demo");
		if (!demo && (flags.contains("--keep") || incident != null || kill != null)) {
			throw new LauncherException("--keep, --incident and --kill belong to the demo: ./run demo …\n\n" + USAGE);
		}
		return new Options(demo, flags.contains("--reset"), flags.contains("--keep"), flags.contains("--compose"),
				incident, kill, flags.contains("help"));
	}

	private static String killable(String service) {
		if (!service.matches("clients|notices|delivery|sla|each")) {
			throw new LauncherException("--kill takes clients, notices, delivery, sla or each, not '" + service + "'.");
		}
		return service;
	}

}
