package io.punctual.infrastructure.budget;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the cost page is made of: the lines, and which of them each type of resource has.
 */
final class CostLines {

	static final Path PAGE = Path.of("../docs/cost.md");

	static final Path LINES = Path.of("../docs/cost.csv");

	static final Path RESOURCES = Path.of("../docs/cost-resources.csv");

	private final Map<String, Line> lines = new LinkedHashMap<>();

	/**
	 * A line of the page: a quantity and a price, of a small set-up and of a normal one.
	 */
	record Line(String name, BigDecimal small, BigDecimal smallPrice, BigDecimal normal, BigDecimal normalPrice) {

		BigDecimal smallCost() {
			return this.small.multiply(this.smallPrice).setScale(2, RoundingMode.HALF_UP);
		}

		BigDecimal normalCost() {
			return this.normal.multiply(this.normalPrice).setScale(2, RoundingMode.HALF_UP);
		}

	}

	/**
	 * A type of resource, with the names of its lines.
	 *
	 * @param why it has none, or not all that one would expect
	 */
	record Resource(String type, List<String> lines, String why) {
	}

	CostLines() {
		for (List<String> cells : cells(LINES)) {
			this.lines.put(cells.getFirst(), new Line(cells.getFirst(), new BigDecimal(cells.get(2)),
					new BigDecimal(cells.get(3)), new BigDecimal(cells.get(4)), new BigDecimal(cells.get(5))));
		}
	}

	List<Line> all() {
		return List.copyOf(this.lines.values());
	}

	Line named(String name) {
		Line line = this.lines.get(name);
		if (line == null) {
			throw new AssertionError("the cost page has no line " + name);
		}
		return line;
	}

	BigDecimal sum(Function<Line, BigDecimal> cost) {
		return this.lines.values().stream().map(cost).reduce(BigDecimal.ZERO, BigDecimal::add);
	}

	static List<Resource> resources() {
		return cells(RESOURCES).stream()
			.map((cells) -> new Resource(cells.getFirst(),
					Arrays.stream(cells.get(1).split("; ")).filter((line) -> !line.isBlank()).toList(), cells.get(2)))
			.toList();
	}

	/**
	 * The rows of a table without their quotes, and without the head.
	 */
	static List<List<String>> cells(Path file) {
		try {
			return Files.readAllLines(file)
				.stream()
				.skip(1)
				.map((row) -> Arrays.stream(row.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
					.map((cell) -> cell.replace("\"", ""))
					.toList())
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
