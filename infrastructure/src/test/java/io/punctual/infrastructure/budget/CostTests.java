package io.punctual.infrastructure.budget;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.StreamSupport;

import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Fleet;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cost page adds up, and its quantities are those of what is built.
 */
@NeedsNode
class CostTests {

	private static final int HOURS = 730;

	private final Map<String, Line> lines = read();

	private final List<String> names = List.copyOf(this.lines.keySet());

	/**
	 * A line of the page: a quantity and a price, of a small set-up and of a normal one.
	 */
	private record Line(String name, BigDecimal small, BigDecimal smallPrice, BigDecimal normal,
			BigDecimal normalPrice) {

		BigDecimal smallCost() {
			return this.small.multiply(this.smallPrice).setScale(2, RoundingMode.HALF_UP);
		}

		BigDecimal normalCost() {
			return this.normal.multiply(this.normalPrice).setScale(2, RoundingMode.HALF_UP);
		}

	}

	private static Map<String, Line> read() {
		Map<String, Line> lines = new LinkedHashMap<>();
		try {
			for (String row : Files.readAllLines(Path.of("../docs/cost.csv")).stream().skip(1).toList()) {
				String name = row.substring(1, row.indexOf('"', 1));
				String[] cells = row.substring(name.length() + 3).split(",", -1);
				lines.put(name, new Line(name, new BigDecimal(cells[1]), new BigDecimal(cells[2]),
						new BigDecimal(cells[3]), new BigDecimal(cells[4])));
			}
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		return lines;
	}

	@Test
	void pageSaysWhatTheLinesAddUpTo() throws IOException {
		String page = Files.readString(Path.of("../docs/cost.md"));
		this.lines.values()
			.forEach((line) -> assertThat(page.lines().filter((row) -> row.startsWith("| " + line.name() + " |")))
				.singleElement()
				.asString()
				.contains("| " + line.smallCost() + " |", "| " + line.normalCost() + " |"));
		assertThat(page)
			.contains("| **sum** | | | | | **" + sum(Line::smallCost) + "** | | **" + sum(Line::normalCost) + "** | |");
		assertThat(table(page)).hasSize(this.lines.size() + 2);
	}

	private BigDecimal sum(java.util.function.Function<Line, BigDecimal> cost) {
		return this.lines.values().stream().map(cost).reduce(BigDecimal.ZERO, BigDecimal::add);
	}

	private static List<String> table(String page) {
		return page.lines()
			.dropWhile((row) -> !row.startsWith("| line | unit"))
			.takeWhile((row) -> row.startsWith("|"))
			.filter((row) -> row.startsWith("| "))
			.toList();
	}

	@Test
	void eachLineSaysOfWhichRegionAndMonthItsPriceIsAndWhetherSomebodyHasReadIt() throws IOException {
		String page = Files.readString(Path.of("../docs/cost.md"));
		List<String> rows = Files.readAllLines(Path.of("../docs/cost.csv")).stream().skip(1).toList();
		assertThat(rows).hasSize(this.lines.size())
			.allSatisfy((row) -> assertThat(row)
				.matches(".*(,(list|page),.*,(eu-west-1|global),2026-\\d\\d,yes|,(other|est),.*,20\\d\\d-\\d\\d,no)"));
		long read = rows.stream().filter((row) -> row.endsWith(",yes")).count();
		assertThat(page).contains("**%d of %d prices were read**".formatted(read, rows.size()));
		List<String> shown = table(page);
		for (int i = 0; i < rows.size(); i++) {
			String[] cells = rows.get(i)
				.substring(this.names.get(i).length() + 3)
				.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
			assertThat(shown.get(i + 1)).startsWith("| " + this.names.get(i) + " |")
				.contains("| " + cells[5] + ", " + cells[8] + ", " + cells[9] + " |");
		}
	}

	@Test
	void quantitiesAreThoseOfTheSettings() {
		both("NAT gateways", (environment) -> environment.network().natGateways() * HOURS);
		both("Public addresses (NAT)", (environment) -> environment.network().natGateways() * HOURS);
		both("Fargate ARM, vCPU", (environment) -> tasks(environment, (tasks) -> tasks.cpu() / 1024.0));
		both("Fargate ARM, memory", (environment) -> tasks(environment, (tasks) -> tasks.memoryMib() / 1024.0));
		both("RDS instance, primary and standby", (environment) -> instances(environment) * HOURS);
		both("RDS storage gp3, both", (environment) -> instances(environment) * environment.database().storageGib());
	}

	private static double tasks(Environment environment, ToDoubleFunction<Fleet.Tasks> size) {
		return Arrays.stream(Service.values())
			.map((service) -> environment.fleet().of(service))
			.mapToDouble((tasks) -> tasks.fewest() * size.applyAsDouble(tasks) * HOURS)
			.sum();
	}

	@Test
	void tokensAreAsManyAsTheirLifeAndTheTasksMakeThem() {
		for (Environment environment : List.of(Environment.staging(), Environment.production())) {
			assertThat(all(environment, "AWS::Cognito::UserPoolClient")).isNotEmpty()
				.allSatisfy((client) -> assertThat(client.at("AccessTokenValidity").asInt()).isEqualTo(60));
		}
		Line clients = this.lines.get("Cognito tokens of clients");
		assertThat(clients).isNotNull();
		if (clients != null) {
			assertThat(clients.small()).isEqualByComparingTo(BigDecimal.valueOf(10 * HOURS, 3));
			assertThat(clients.normal()).isEqualByComparingTo(BigDecimal.valueOf(100 * HOURS, 3));
		}
		// Each task gets one two minutes before the last one ends; two thousand are the
		// canary's and the releases'.
		both("Cognito tokens of our own", (environment) -> 2 + Math
			.round(Arrays.stream(Service.values()).mapToInt((service) -> environment.fleet().of(service).fewest()).sum()
					* HOURS * 60 / 58 / 1000.0));
	}

	private static int instances(Environment environment) {
		return environment.database().standby() ? 2 : 1;
	}

	@Test
	void pricesAreThoseOfTheDatabasesClasses() {
		assertThat(Environment.staging().database().instance()).isEqualTo("t4g.medium");
		assertThat(Environment.production().database().instance()).isEqualTo("m7g.large");
	}

	@Test
	void quantitiesAreThoseOfTheTemplates() {
		both("CloudWatch alarms, metrics in them",
				(environment) -> all(environment, "AWS::CloudWatch::Alarm").stream()
					.mapToLong((alarm) -> Math.max(1,
							StreamSupport.stream(alarm.at("Metrics").spliterator(), false)
								.filter((metric) -> metric.has("MetricStat"))
								.count()))
					.sum());
		both("CloudWatch composite alarms",
				(environment) -> all(environment, "AWS::CloudWatch::CompositeAlarm").size());
		both("Interface endpoints",
				(environment) -> HOURS * all(environment, "AWS::EC2::VPCEndpoint").stream()
					.filter((endpoint) -> endpoint.text("VpcEndpointType").equals("Interface"))
					.mapToInt((endpoint) -> endpoint.at("SubnetIds").size())
					.sum());
		both("RDS Database Insights, advanced",
				(environment) -> all(environment, "AWS::RDS::DBInstance").stream()
					.filter((instance) -> instance.text("DatabaseInsightsMode").equals("advanced"))
					.count() * 2 * HOURS);
		both("KMS keys", (environment) -> all(environment, "AWS::KMS::Key").size());
		both("Secrets", (environment) -> all(environment, "AWS::SecretsManager::Secret").size());
		both("Route 53: zones", (environment) -> all(environment, "AWS::Route53::HostedZone").size()
				+ all(environment, "AWS::ServiceDiscovery::PrivateDnsNamespace").size());
		both("Route 53: health check, HTTPS", (environment) -> all(environment, "AWS::Route53::HealthCheck").size());
		both("CloudWatch dashboard", (environment) -> all(environment, "AWS::CloudWatch::Dashboard").size());
	}

	private static List<Resource> all(Environment environment, String type) {
		return Synthesised.of(environment)
			.stacks()
			.values()
			.stream()
			.flatMap((Template stack) -> stack.all(type).stream())
			.toList();
	}

	private void both(String name, ToDoubleFunction<Environment> quantity) {
		Line line = this.lines.get(name);
		assertThat(line).as(name).isNotNull();
		if (line != null) {
			assertThat(line.small().doubleValue()).as(name).isEqualTo(quantity.applyAsDouble(Environment.staging()));
			assertThat(line.normal().doubleValue()).as(name)
				.isEqualTo(quantity.applyAsDouble(Environment.production()));
		}
	}

	@Test
	void aMonthMayCostAFifthMoreThanThePageSays() {
		budget(Environment.staging(), sum(Line::smallCost));
		budget(Environment.production(), sum(Line::normalCost));
	}

	private static void budget(Environment environment, BigDecimal cost) {
		assertThat(BudgetStack.monthly(environment)).isBetween((int) (cost.doubleValue() * 1.1),
				(int) (cost.doubleValue() * 1.35));
	}

}
