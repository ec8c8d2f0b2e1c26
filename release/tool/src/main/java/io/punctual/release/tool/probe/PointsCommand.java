package io.punctual.release.tool.probe;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.punctual.release.tool.Command;
import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;

/**
 * Asks an account all points that only it can settle, and writes down the answers:
 * {@code account.json} in full, {@code account.md} to read. Fails if an answer is another
 * than is assumed; all are asked first.
 */
public final class PointsCommand implements Command {

	private static final int SHOWN = 200;

	@Override
	public boolean run(Options options) throws InterruptedException {
		List<Point.Settled> facts = new ArrayList<>();
		for (Point point : Point.read(options.path("points"))) {
			Point.Settled fact = point.settle();
			facts.add(fact);
			System.out.println((fact.asAssumed() ? "as assumed  " : "OTHERWISE   ") + point.name()
					+ (fact.asAssumed() ? "" : ": " + fact.said()));
		}
		String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
		String where = options.need("where");
		Documents.write(options.path("output").resolve("account.json"),
				Documents.JSON.writeValueAsString(Map.of("where", where, "at", now, "facts",
						facts.stream()
							.map((fact) -> Map.of("point", fact.point().name(), "marked", fact.point().marked(), "said",
									fact.said(), "asAssumed", fact.asAssumed()))
							.toList()))
						+ "\n");
		StringBuilder table = new StringBuilder("# What " + where + " says of itself\n\nAsked at " + now
				+ " by `release/probe`.\n\n| assumed | where | said | |\n|---|---|---|---|\n");
		facts.forEach((fact) -> table.append("| %s | %s | %s | %s |\n".formatted(fact.point().name(),
				fact.point().marked(), shown(fact.said()), fact.asAssumed() ? "so it is" : "**otherwise**")));
		Documents.write(options.path("output").resolve("account.md"), table.toString());
		return facts.stream().allMatch(Point.Settled::asAssumed);
	}

	private static String shown(String said) {
		String line = said.replaceAll("\\s+", " ").replace("|", "\\|");
		return (line.length() <= SHOWN) ? line : line.substring(0, SHOWN) + "…";
	}

}
