package io.punctual.local.launcher;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param demo whether to run the demo, rather than only to start
 * @param reset whether to delete all data first
 * @param keep whether the system goes on after the demo
 * @param incident the timeline that the demo replays; null for the one it brings
 * @param kill the service that is killed in the middle of the demo; null for none
 * @param benchmark whether to measure, rather than to start
 * @param help whether only to explain
 */
public record Options(boolean demo, boolean reset, boolean keep, @Nullable Path incident, @Nullable String kill,
		boolean benchmark, boolean help) {

	static final String USAGE = """
			./run                       start everything; Ctrl-C stops it, the data stays
			./run --reset               the same, with all data deleted first
			./run demo                  start, replay a real outage, show who was told in time, stop
			./run demo --keep           the same, and leave it running
			./run demo --incident=FILE  replay another timeline
			./run demo --kill=SERVICE   kill -9 that service in the middle (clients, notices, delivery, sla, each)
			./run benchmark             measure how fast updates reach 1,000 receivers, on data of its own
			""";

	static Options parse(String... args) {
		Options options = new Options(false, false, false, null, null, false, false);
		for (String arg : args) {
			options = options.with(arg);
		}
		if (!options.demo && (options.keep || options.incident != null || options.kill != null)) {
			throw new LauncherException("--keep, --incident and --kill belong to the demo: ./run demo …\n\n" + USAGE);
		}
		return options;
	}

	private Options with(String arg) {
		String value = arg.substring(arg.indexOf('=') + 1);
		return switch (arg.contains("=") ? arg.substring(0, arg.indexOf('=') + 1) : arg) {
			case "demo" ->
				new Options(true, this.reset, this.keep, this.incident, this.kill, this.benchmark, this.help);
			case "--reset" ->
				new Options(this.demo, true, this.keep, this.incident, this.kill, this.benchmark, this.help);
			case "--keep" ->
				new Options(this.demo, this.reset, true, this.incident, this.kill, this.benchmark, this.help);
			case "--incident=" ->
				new Options(this.demo, this.reset, this.keep, Path.of(value), this.kill, this.benchmark, this.help);
			case "--kill=" -> new Options(this.demo, this.reset, this.keep, this.incident, killable(value),
					this.benchmark, this.help);
			case "benchmark" ->
				new Options(this.demo, this.reset, this.keep, this.incident, this.kill, true, this.help);
			case "help", "-h", "--help" ->
				new Options(this.demo, this.reset, this.keep, this.incident, this.kill, this.benchmark, true);
			default -> throw new LauncherException("'" + arg + "' is unknown here.\n\n" + USAGE);
		};
	}

	private static String killable(String service) {
		if (!service.matches("clients|notices|delivery|sla|each")) {
			throw new LauncherException("--kill takes clients, notices, delivery, sla or each, not '" + service + "'.");
		}
		return service;
	}

}
