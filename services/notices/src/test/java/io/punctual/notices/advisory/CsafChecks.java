package io.punctual.notices.advisory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * Those of the standard's mandatory tests (CSAF 2.0, 6.1) that a document of ours could
 * fail: it has no relationships, groups, flags, hashes or translations.
 */
public final class CsafChecks {

	private final JsonNode document;

	private final Set<String> failed = new TreeSet<>();

	private CsafChecks(JsonNode document) {
		this.document = document;
	}

	/**
	 * The numbers of the tests that a document fails.
	 */
	public static Set<String> failed(JsonNode document) {
		CsafChecks checks = new CsafChecks(document);
		checks.products();
		checks.vulnerabilities();
		checks.history();
		checks.profile();
		return checks.failed;
	}

	private void products() {
		List<String> defined = texts(this.document.path("product_tree"), "product_id");
		check("6.1.2", new HashSet<>(defined).size() == defined.size());
		Set<String> used = new HashSet<>();
		this.document.path("vulnerabilities").forEach((flaw) -> {
			flaw.path("product_status").forEach((ids) -> ids.forEach((id) -> used.add(id.asString())));
			flaw.path("scores").forEach((score) -> score.path("products").forEach((id) -> used.add(id.asString())));
		});
		nodes(this.document).forEach((node) -> node.path("product_ids").forEach((id) -> used.add(id.asString())));
		check("6.1.1", defined.containsAll(used));
		nodes(this.document.path("product_tree"))
			.filter((node) -> node.path("category").asString("").equals("product_version"))
			.forEach((node) -> check("6.1.31",
					!node.path("name").asString().toLowerCase(Locale.ROOT).matches(".*([<>]|\\bversions\\b).*")));
	}

	private void vulnerabilities() {
		List<String> cves = new ArrayList<>();
		for (JsonNode flaw : this.document.path("vulnerabilities")) {
			if (flaw.has("cve")) {
				cves.add(flaw.path("cve").asString());
			}
			JsonNode status = flaw.path("product_status");
			List<String> groups = new ArrayList<>();
			groups.addAll(union(status, "first_affected", "known_affected", "last_affected"));
			groups.addAll(union(status, "known_not_affected"));
			groups.addAll(union(status, "first_fixed", "fixed"));
			groups.addAll(union(status, "under_investigation"));
			check("6.1.6", new HashSet<>(groups).size() == groups.size());
			List<String> scored = new ArrayList<>();
			for (JsonNode score : flaw.path("scores")) {
				JsonNode cvss = score.path("cvss_v3");
				if (!cvss.isMissingNode()) {
					score.path("products").forEach((id) -> scored.add(id.asString() + cvss.path("version").asString()));
					score(cvss);
				}
			}
			check("6.1.7", new HashSet<>(scored).size() == scored.size());
			flaw.path("remediations")
				.forEach((one) -> check("6.1.29", !one.path("product_ids").isEmpty() || one.has("group_ids")));
		}
		check("6.1.23", new HashSet<>(cves).size() == cves.size());
	}

	private void score(JsonNode cvss) {
		try {
			CvssVector vector = CvssVector.parse(cvss.path("vectorString").asString(""));
			check("6.1.9", vector.baseScore() == cvss.path("baseScore").asDouble()
					&& vector.severity().equals(cvss.path("baseSeverity").asString()));
			check("6.1.10", vector.version().equals(cvss.path("version").asString()) && (!cvss.has("attackVector")
					|| cvss.path("attackVector").asString().startsWith(vector.metrics().get("AV"))));
		}
		catch (IllegalArgumentException ex) {
			check("6.1.8", false);
		}
	}

	private void history() {
		JsonNode tracking = this.document.path("document").path("tracking");
		List<JsonNode> history = tracking.path("revision_history")
			.valueStream()
			.sorted(Comparator.comparing((item) -> Instant.parse(item.path("date").asString())))
			.toList();
		List<String> numbers = history.stream().map((item) -> item.path("number").asString()).toList();
		List<Integer> majors = numbers.stream().map((number) -> Integer.valueOf(number.split("[.+-]")[0])).toList();
		String version = tracking.path("version").asString();
		String status = tracking.path("status").asString();
		check("6.1.14", majors.equals(majors.stream().sorted().toList()));
		check("6.1.16", numbers.getLast().split("[+-]")[0].equals(version.split("[+-]")[0]));
		check("6.1.17", !(version.startsWith("0") || version.contains("-")) || status.equals("draft"));
		check("6.1.18", status.equals("draft") || majors.stream().noneMatch((major) -> major == 0));
		check("6.1.20", status.equals("draft") || !version.contains("-"));
		Set<Integer> all = new TreeSet<>(majors);
		boolean gap = majors.getFirst() > 1;
		for (int i = majors.getFirst(); i <= majors.getLast(); i++) {
			gap |= !all.contains(i);
		}
		check("6.1.21", !gap);
		check("6.1.22", new HashSet<>(numbers).size() == numbers.size());
	}

	private void profile() {
		String category = this.document.path("document").path("category").asString();
		JsonNode flaws = this.document.path("vulnerabilities");
		if (category.equals("csaf_informational_advisory")) {
			check("6.1.27.2", !this.document.path("document").path("references").isEmpty());
			check("6.1.27.3", !this.document.has("vulnerabilities"));
		}
		if (category.equals("csaf_security_advisory")) {
			check("6.1.27.4", this.document.has("product_tree"));
			check("6.1.27.11", !flaws.isEmpty());
			flaws.forEach((flaw) -> check("6.1.27.5", !flaw.path("notes").isEmpty()));
			flaws.forEach((flaw) -> check("6.1.27.6", !flaw.path("product_status").isEmpty()));
		}
	}

	private void check(String test, boolean passes) {
		if (!passes) {
			this.failed.add(test);
		}
	}

	private static Set<String> union(JsonNode status, String... names) {
		Set<String> ids = new HashSet<>();
		for (String name : names) {
			status.path(name).forEach((id) -> ids.add(id.asString()));
		}
		return ids;
	}

	private static List<String> texts(JsonNode tree, String name) {
		return nodes(tree).filter((node) -> node.has(name)).map((node) -> node.path(name).asString()).toList();
	}

	private static Stream<JsonNode> nodes(JsonNode tree) {
		return Stream.concat(Stream.of(tree), tree.valueStream().flatMap(CsafChecks::nodes));
	}

}
