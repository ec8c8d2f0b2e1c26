package io.punctual.sla.statement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The application as a tool that verifies statements which somebody has kept: nothing is
 * asked of anybody.
 */
public final class VerifyMode {

	/** The first argument. */
	public static final String ARGUMENT = "verify-statement";

	private static final String KEYS = "--keys=";

	private static final Logger logger = LoggerFactory.getLogger(VerifyMode.class);

	private VerifyMode() {
	}

	/**
	 * Verify one or several statements of a client's chain.
	 * @param args {@value #ARGUMENT}, the file of keys as {@code --keys=FILE}, and files
	 * with a statement each, all of them as the API answers
	 * @return the exit status: 0 sound as far as it can be seen from these files, 1 not,
	 * 2 cannot be read
	 */
	public static int run(String... args) {
		try {
			Map<String, String> keys = new HashMap<>();
			Arrays.stream(args)
				.filter((arg) -> arg.startsWith(KEYS))
				.flatMap((arg) -> read(arg.substring(KEYS.length())).path("items").valueStream())
				.forEach((key) -> keys.put(key.path("keyId").asString(""), key.path("publicKey").asString("")));
			List<SignedStatement> statements = Arrays.stream(args)
				.skip(1)
				.filter((arg) -> !arg.startsWith("--"))
				.map((file) -> SignedStatement.read(read(file)))
				.sorted(Comparator.comparingLong((one) -> one.document().path("number").asLong(0)))
				.toList();
			if (keys.isEmpty() || statements.isEmpty()) {
				logger.error("Usage: {} --keys=KEYS.json STATEMENT.json …", ARGUMENT);
				return 2;
			}
			verify(new StatementVerifier(keys), statements);
			return 0;
		}
		catch (StatementFault ex) {
			logger.error("{}", ex.getMessage());
			return 1;
		}
		catch (IllegalArgumentException | JacksonException ex) {
			logger.error("This cannot be read: {}", ex.getMessage());
			return 2;
		}
	}

	private static void verify(StatementVerifier verifier, List<SignedStatement> statements) {
		JsonNode first = statements.getFirst().document();
		if (first.path("number").asLong(1) > 1) {
			verifier.beginWith(CanonicalJson.as(first, Statement.class));
			logger.info("What came before number {} is not here: its chain is followed from there on",
					first.path("number").asLong());
		}
		for (SignedStatement statement : statements) {
			Statement said = verifier.next(statement);
			logger.info("{} of {}, number {}: signed, {} clocks and {} adjustments come out to the millisecond; {}",
					said.period(), said.clientId(), said.number(), said.clocks().size(), said.adjustments().size(),
					said.objectives());
			compared(verifier.before(), said, first.path("number").asLong(1));
		}
	}

	/** What is not at hand cannot be compared, and whoever verifies has to know that. */
	private static void compared(SaidBefore before, Statement said, long first) {
		if (before.compared() > 0) {
			logger.info("{} adjustments of number {} begin with what was said before", before.compared(),
					said.number());
		}
		if (before.notCompared() > 0) {
			logger.warn(
					"{} adjustments of number {} could not be compared with what was said before: "
							+ "that is in statements before number {}, which were not given",
					before.notCompared(), said.number(), first);
		}
	}

	private static JsonNode read(String file) {
		try {
			return CanonicalJson.read(Files.readAllBytes(Path.of(file)));
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("the file " + file, ex);
		}
	}

}
