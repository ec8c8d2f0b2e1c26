package io.punctual.local.launcher.demo;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Shows each client's promise, deliveries and clocks: redrawn in place on a terminal, as
 * one line for each change elsewhere.
 */
final class Board {

	private final PrintStream out;

	private final boolean redraws;

	private final Map<String, String> shown = new HashMap<>();

	private final Instant begun = Instant.now();

	private int drawn;

	Board(PrintStream out, boolean redraws) {
		this.out = out;
		this.redraws = redraws;
	}

	static Board onTerminal() {
		Console console = System.console();
		boolean terminal = console != null && console.isTerminal() && System.getenv("NO_COLOR") == null
				&& !"dumb".equals(System.getenv("TERM"));
		return new Board(System.out, terminal);
	}

	synchronized void say(String line) {
		erase();
		this.out.println(line);
		this.out.flush();
	}

	synchronized void show(List<Participant> participants, Situation situation, int published) {
		erase();
		for (Participant participant : participants) {
			String row = row(participant, situation, published);
			String key = participant.clientId();
			if (this.redraws) {
				this.out.println("  " + row + countdown(situation.of(participant, "DELIVERY")));
				this.drawn++;
			}
			else if (!row.equals(this.shown.put(key, row))) {
				double seconds = Duration.between(this.begun, Instant.now()).toMillis() / 1000.0;
				this.out.println(String.format(Locale.ROOT, "    %5.1f s  %s", seconds, row));
			}
		}
		this.out.flush();
	}

	private void erase() {
		if (this.drawn > 0) {
			this.out.print("\u001B[" + this.drawn + "F\u001B[J");
			this.drawn = 0;
		}
	}

	static String row(Participant participant, Situation situation, int published) {
		StringBuilder clocks = new StringBuilder();
		for (Situation.ClockView clock : situation.of(participant, "DELIVERY")) {
			clocks.append(switch (clock.state()) {
				case "MET" -> "[told]";
				case "BREACHED" -> "[MISSED]";
				case "AT_RISK" -> "[at risk]";
				case "VOID" -> "[void]";
				default -> "[running]";
			});
		}
		Arrivals receiver = participant.receiver();
		String trouble = (receiver.failed() > 0) ? ", failed " + receiver.failed() : "";
		return String.format(Locale.ROOT, "%-16s %-28s received %d of %d%s  %s", participant.role().name(),
				participant.role().promise(), receiver.received(), published, trouble, clocks);
	}

	private static String countdown(List<Situation.ClockView> clocks) {
		return clocks.stream()
			.filter((clock) -> !clock.isDecided())
			.map(Situation.ClockView::dueAt)
			.min(Instant::compareTo)
			.map((due) -> "  due in " + words(Duration.between(Instant.now(), due)))
			.orElse("");
	}

	private static String words(Duration left) {
		if (left.isNegative()) {
			return "0 s";
		}
		return (left.toMinutes() >= 10) ? left.toMinutes() + " min" : left.toSeconds() + " s";
	}

}
