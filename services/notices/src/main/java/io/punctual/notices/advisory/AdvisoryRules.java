package io.punctual.notices.advisory;

import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.punctual.notices.advisory.Vulnerability.Key;
import io.punctual.notices.advisory.Vulnerability.Product;
import io.punctual.notices.advisory.Vulnerability.Remediation;
import io.punctual.notices.advisory.Vulnerability.Status;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * What an advisory has to keep to, so that the CSAF document that is made of it passes
 * the mandatory tests (CSAF 2.0, 6.1; their numbers are named).
 */
public final class AdvisoryRules {

	/** A version that is more than one (6.1.31). */
	private static final Pattern RANGE = Pattern
		.compile("(?i)[<>]|\\b(after|all|before|earlier|later|prior|versions)\\b");

	private AdvisoryRules() {
	}

	/**
	 * Checks what the form of a request cannot.
	 * @param advisory what is asked for
	 * @param components the notice's components, which its products are
	 * @throws ProblemException 422 that names each field that is wrong
	 */
	public static void check(Advisory advisory, Collection<String> components) {
		ProblemException problem = ProblemException.of(ProblemType.VALIDATION, "The advisory is wrong.");
		List<Advisory.Reference> references = advisory.allReferences();
		for (int i = 0; i < references.size(); i++) {
			checkUrl(references.get(i).url(), "/advisory/references/" + i + "/url", problem);
		}
		Set<String> cves = new HashSet<>();
		List<Vulnerability> vulnerabilities = advisory.allVulnerabilities();
		for (int i = 0; i < vulnerabilities.size(); i++) {
			Vulnerability vulnerability = vulnerabilities.get(i);
			String place = "/advisory/vulnerabilities/" + i;
			if (vulnerability.cve() == null && vulnerability.title() == null) {
				problem.field(place + "/title", "is needed where there is no CVE");
			}
			if (vulnerability.cve() != null && !cves.add(vulnerability.cve())) {
				problem.field(place + "/cve", "must not be there twice (CSAF 6.1.23)");
			}
			checkScore(vulnerability, place, problem);
			checkProducts(vulnerability, components, place, problem);
			checkRemediations(vulnerability, place, problem);
		}
		if (!problem.errors().isEmpty()) {
			throw problem;
		}
	}

	private static void checkScore(Vulnerability vulnerability, String place, ProblemException problem) {
		if (vulnerability.cvss() != null) {
			try {
				CvssVector.parse(vulnerability.cvss());
			}
			catch (IllegalArgumentException ex) {
				problem.field(place + "/cvss", ex.getMessage() + " (CSAF 6.1.8)");
			}
		}
	}

	private static void checkProducts(Vulnerability vulnerability, Collection<String> components, String place,
			ProblemException problem) {
		Set<Key> seen = new HashSet<>();
		for (int i = 0; i < vulnerability.products().size(); i++) {
			Product product = vulnerability.products().get(i);
			String field = place + "/products/" + i;
			if (!components.contains(product.componentId())) {
				problem.field(field + "/componentId", "must be one of the notice's components");
			}
			else if (!seen.add(product.key())) {
				problem.field(field, "must not be there twice (CSAF 6.1.6)");
			}
			if (product.version() != null && RANGE.matcher(product.version()).find()) {
				problem.field(field + "/version", "must be one version and no range (CSAF 6.1.31)");
			}
		}
	}

	private static void checkRemediations(Vulnerability vulnerability, String place, ProblemException problem) {
		List<Remediation> remediations = vulnerability.allRemediations();
		if (!remediations.isEmpty() && vulnerability.with(Status.KNOWN_AFFECTED).findAny().isEmpty()) {
			problem.field(place + "/remediations", "are for products that are KNOWN_AFFECTED (CSAF 6.1.29)");
		}
		for (int i = 0; i < remediations.size(); i++) {
			checkUrl(remediations.get(i).url(), place + "/remediations/" + i + "/url", problem);
		}
	}

	private static void checkUrl(@Nullable String url, String field, ProblemException problem) {
		if (url == null) {
			return;
		}
		try {
			URI uri = URI.create(url);
			if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
				return;
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		problem.field(field, "must be an absolute http or https address");
	}

}
