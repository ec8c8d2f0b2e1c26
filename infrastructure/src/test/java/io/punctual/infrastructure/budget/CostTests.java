package io.punctual.infrastructure.budget;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.punctual.infrastructure.budget.CostLines.Line;
import io.punctual.infrastructure.settings.Environment;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cost page adds up, says where its prices are from, and is what the budget is made
 * of.
 */
class CostTests {

	private final CostLines lines = new CostLines();

	private static String page() throws IOException {
		return Files.readString(CostLines.PAGE);
	}

	private static List<String> table(String page) {
		return page.lines()
			.dropWhile((row) -> !row.startsWith("| line | unit"))
			.takeWhile((row) -> row.startsWith("|"))
			.filter((row) -> row.startsWith("| "))
			.toList();
	}

	@Test
	void pageSaysWhatTheLinesAddUpTo() throws IOException {
		List<String> table = table(page());
		List<List<String>> rows = CostLines.cells(CostLines.LINES);
		assertThat(table).hasSize(rows.size() + 2);
		for (int i = 0; i < rows.size(); i++) {
			Line line = this.lines.all().get(i);
			List<String> row = rows.get(i);
			String price = row.get(3).equals(row.get(5)) ? row.get(3) : row.get(3) + ", " + row.get(5);
			assertThat(table.get(i + 1))
				.isEqualTo("| "
						+ String.join(" | ", row.getFirst(), row.get(1), price,
								row.get(6) + ", " + row.get(9) + ", " + row.get(10), row.get(2),
								line.smallCost().toString(), row.get(4), line.normalCost().toString(), row.get(8))
						+ " |");
		}
		assertThat(table.getLast()).isEqualTo("| **sum** | | | | | **%s** | | **%s** | |"
			.formatted(this.lines.sum(Line::smallCost), this.lines.sum(Line::normalCost)));
	}

	@Test
	void eachLineSaysOfWhichRegionAndMonthItsPriceIsAndWhetherSomebodyHasReadIt() throws IOException {
		List<String> rows = Files.readAllLines(CostLines.LINES).stream().skip(1).toList();
		assertThat(rows).allSatisfy((row) -> assertThat(row)
			.matches(".*(,(list|page),.*,(eu-west-1|global),2026-\\d\\d,yes|,(other|est),.*,20\\d\\d-\\d\\d,no)"));
		long read = rows.stream().filter((row) -> row.endsWith(",yes")).count();
		assertThat(page()).contains("**%d of %d prices were read**".formatted(read, rows.size()));
	}

	@Test
	void aMonthMayCostAFifthMoreThanThePageSays() {
		budget(Environment.staging(), this.lines.sum(Line::smallCost));
		budget(Environment.production(), this.lines.sum(Line::normalCost));
	}

	private static void budget(Environment environment, BigDecimal cost) {
		assertThat(BudgetStack.monthly(environment)).isBetween((int) (cost.doubleValue() * 1.18),
				(int) (cost.doubleValue() * 1.22));
	}

	/**
	 * What there is not has a price, too, made of the same lines.
	 */
	@Test
	void aSecondRegionWouldCostWhatItsDecisionSays() throws IOException {
		Line instance = this.lines.named("RDS instance, primary and standby");
		Line storage = this.lines.named("RDS storage gp3, both");
		BigDecimal half = new BigDecimal("0.5");
		BigDecimal[] costs = { instance.normalCost().add(storage.normalCost()).multiply(half),
				small("Interface endpoints"), small("NAT gateways").add(small("Public addresses (NAT)")),
				small("Fargate ARM, vCPU").add(small("Fargate ARM, memory")),
				small("Load balancer").add(small("Load balancer, capacity units")), small("API Gateway, cache 0.5 GB"),
				small("WAF: web ACL").add(small("WAF: rules")), small("KMS keys").add(small("Secrets")) };
		BigDecimal sum = BigDecimal.ZERO;
		for (BigDecimal cost : costs) {
			sum = sum.add(cost);
		}
		assertThat(Files.readString(Path.of("../docs/decisions/no-second-region.md")).replaceAll("\\s+", " "))
			.contains(("database as production's without stand-by %s, interface endpoints in one zone %s, one NAT "
					+ "gateway %s, one task of each service %s, load balancer %s, cache %s, firewall %s, keys and "
					+ "secrets %s: about %s a month")
				.formatted(whole(costs[0]), whole(costs[1]), whole(costs[2]), whole(costs[3]), whole(costs[4]),
						whole(costs[5]), whole(costs[6]), whole(costs[7]),
						sum.setScale(-1, RoundingMode.HALF_UP).toPlainString()));
	}

	@Test
	void waysOutCostWhatTheirDecisionSays() throws IOException {
		assertThat(Files.readString(Path.of("../docs/decisions/nat-and-endpoints.md")).replaceAll("\\s+", " "))
			.contains(
					"Seven endpoints in three zones are about %s $ a month, in one zone %s $; three NAT gateways about %s $"
						.formatted(whole(this.lines.named("Interface endpoints").normalCost()),
								whole(small("Interface endpoints")),
								whole(this.lines.named("NAT gateways").normalCost())));
	}

	private BigDecimal small(String line) {
		return this.lines.named(line).smallCost();
	}

	private static BigDecimal whole(BigDecimal cost) {
		return cost.setScale(0, RoundingMode.HALF_UP);
	}

}
