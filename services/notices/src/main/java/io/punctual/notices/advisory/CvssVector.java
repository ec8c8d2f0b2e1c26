package io.punctual.notices.advisory;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A vector of CVSS 3.0 or 3.1 and the base score that follows from it (FIRST, "Common
 * Vulnerability Scoring System v3.1: Specification Document", 7.1 and Appendix A).
 *
 * @param version {@code 3.0} or {@code 3.1}
 * @param text the vector as it was given
 * @param metrics the base metrics' values by their names
 */
record CvssVector(String version, String text, Map<String, String> metrics) {

	/** The base metrics, each needed, with their weights where they have one. */
	private static final Map<String, Map<String, Double>> BASE = Map.of("AV",
			Map.of("N", 0.85, "A", 0.62, "L", 0.55, "P", 0.2), "AC", Map.of("L", 0.77, "H", 0.44), "PR",
			Map.of("N", 0.85, "L", 0.62, "H", 0.27), "UI", Map.of("N", 0.85, "R", 0.62), "S",
			Map.of("U", 0.0, "C", 0.0), "C", Map.of("H", 0.56, "L", 0.22, "N", 0.0), "I",
			Map.of("H", 0.56, "L", 0.22, "N", 0.0), "A", Map.of("H", 0.56, "L", 0.22, "N", 0.0));

	/** The temporal metrics, which change nothing about the base score. */
	private static final Map<String, Set<String>> TEMPORAL = Map.of("E", Set.of("X", "U", "P", "F", "H"), "RL",
			Set.of("X", "O", "T", "W", "U"), "RC", Set.of("X", "U", "R", "C"));

	/**
	 * Reads a vector.
	 * @param text such as {@code CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H}
	 * @throws IllegalArgumentException naming what is wrong with it
	 */
	static CvssVector parse(String text) {
		String[] parts = text.split("/", -1);
		if (!parts[0].equals("CVSS:3.0") && !parts[0].equals("CVSS:3.1")) {
			throw new IllegalArgumentException("must begin with CVSS:3.0/ or CVSS:3.1/");
		}
		Map<String, String> metrics = new HashMap<>();
		for (int i = 1; i < parts.length; i++) {
			String[] metric = parts[i].split(":", -1);
			if (metric.length != 2 || !isKnown(metric[0], metric[1])) {
				throw new IllegalArgumentException("has no metric " + parts[i]);
			}
			if (metrics.put(metric[0], metric[1]) != null) {
				throw new IllegalArgumentException("has the metric " + metric[0] + " twice");
			}
		}
		for (String name : new TreeSet<>(BASE.keySet())) {
			if (!metrics.containsKey(name)) {
				throw new IllegalArgumentException("lacks the metric " + name);
			}
		}
		return new CvssVector(parts[0].substring("CVSS:".length()), text, metrics);
	}

	private static boolean isKnown(String name, String value) {
		Map<String, Double> base = BASE.get(name);
		return (base != null) ? base.containsKey(value) : TEMPORAL.getOrDefault(name, Set.of()).contains(value);
	}

	/**
	 * The base score.
	 * @return from 0.0 to 10.0, a multiple of 0.1
	 */
	double baseScore() {
		boolean changed = "C".equals(this.metrics.get("S"));
		double loss = 1 - (1 - weight("C")) * (1 - weight("I")) * (1 - weight("A"));
		double impact = (changed) ? 7.52 * (loss - 0.029) - 3.25 * Math.pow(loss - 0.02, 15) : 6.42 * loss;
		if (impact <= 0) {
			return 0;
		}
		double exploitability = 8.22 * weight("AV") * weight("AC") * privileges(changed) * weight("UI");
		double sum = (changed) ? 1.08 * (impact + exploitability) : impact + exploitability;
		return roundedUp(Math.min(sum, 10));
	}

	/**
	 * The score in words (section 5).
	 */
	String severity() {
		double score = baseScore();
		if (score == 0) {
			return "NONE";
		}
		return (score < 4) ? "LOW" : (score < 7) ? "MEDIUM" : (score < 9) ? "HIGH" : "CRITICAL";
	}

	private double privileges(boolean changed) {
		return switch (this.metrics.getOrDefault("PR", "N")) {
			case "L" -> (changed) ? 0.68 : 0.62;
			case "H" -> (changed) ? 0.5 : 0.27;
			default -> 0.85;
		};
	}

	private double weight(String name) {
		return BASE.getOrDefault(name, Map.of()).getOrDefault(this.metrics.getOrDefault(name, ""), 0.0);
	}

	/** Up to one decimal, without being misled by binary fractions. */
	private static double roundedUp(double score) {
		long scaled = Math.round(score * 100_000);
		return (scaled % 10_000 == 0) ? scaled / 100_000.0 : (scaled / 10_000 + 1) / 10.0;
	}

}
