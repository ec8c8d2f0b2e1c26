package io.punctual.notices.advisory;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.punctual.notices.advisory.CsafDocument.Branch;
import io.punctual.notices.advisory.CsafDocument.Cvss;
import io.punctual.notices.advisory.CsafDocument.Distribution;
import io.punctual.notices.advisory.CsafDocument.Document;
import io.punctual.notices.advisory.CsafDocument.DocumentReference;
import io.punctual.notices.advisory.CsafDocument.Flaw;
import io.punctual.notices.advisory.CsafDocument.FullProductName;
import io.punctual.notices.advisory.CsafDocument.HistoryItem;
import io.punctual.notices.advisory.CsafDocument.Marking;
import io.punctual.notices.advisory.CsafDocument.Note;
import io.punctual.notices.advisory.CsafDocument.ProductTree;
import io.punctual.notices.advisory.CsafDocument.Publisher;
import io.punctual.notices.advisory.CsafDocument.Remedy;
import io.punctual.notices.advisory.CsafDocument.Score;
import io.punctual.notices.advisory.CsafDocument.Text;
import io.punctual.notices.advisory.CsafDocument.Tracking;
import io.punctual.notices.advisory.Revisions.Revision;
import io.punctual.notices.advisory.Vulnerability.Key;
import io.punctual.notices.advisory.Vulnerability.Product;
import io.punctual.notices.advisory.Vulnerability.Status;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Writes an advisory as a CSAF 2.0 document. With vulnerabilities it keeps to the profile
 * of a security advisory, with references only to that of an informational one, else to
 * the base profile (section 4).
 */
@Component
@EnableConfigurationProperties(PublisherProperties.class)
public class CsafWriter {

	private final PublisherProperties publisher;

	CsafWriter(PublisherProperties publisher) {
		this.publisher = publisher;
	}

	/**
	 * The document.
	 * @param revisions what it tells about itself
	 * @param advisory what it says, checked; null if that is text only
	 * @param names the names of the components, by their ids
	 * @return the document, which depends on nothing else
	 */
	public CsafDocument write(Revisions revisions, @Nullable Advisory advisory, Map<String, String> names) {
		Advisory said = (advisory != null) ? advisory : new Advisory(null, null, null);
		Map<Key, String> products = products(said);
		return new CsafDocument(document(revisions, said), (products.isEmpty()) ? null : tree(products, names),
				said.allVulnerabilities().stream().map((vulnerability) -> flaw(vulnerability, products)).toList());
	}

	private Document document(Revisions revisions, Advisory said) {
		String category = (!said.allVulnerabilities().isEmpty()) ? "csaf_security_advisory"
				: (!said.allReferences().isEmpty()) ? "csaf_informational_advisory" : "csaf_base";
		Revision last = revisions.last();
		Tracking tracking = new Tracking(revisions.noticeId(), revisions.status(), String.valueOf(last.number()),
				revisions.history().getFirst().date().toString(), last.date().toString(),
				revisions.history()
					.stream()
					.map((one) -> new HistoryItem(String.valueOf(one.number()), one.date().toString(), one.summary()))
					.toList());
		return new Document(category, "2.0",
				new Publisher("vendor", this.publisher.name(), this.publisher.namespace(), this.publisher.contact()),
				revisions.title(), tracking, new Text(revisions.severity()),
				(said.tlp() != null) ? new Distribution(new Marking(said.tlp())) : null,
				List.of(new Note("summary", revisions.text(), "Summary")),
				said.allReferences()
					.stream()
					.map((reference) -> new DocumentReference("external", reference.summary(), reference.url()))
					.toList());
	}

	/** Each product's id in the document, in the order in which they are named. */
	private static Map<Key, String> products(Advisory said) {
		Map<Key, String> products = new LinkedHashMap<>();
		said.allVulnerabilities()
			.stream()
			.flatMap((vulnerability) -> vulnerability.products().stream())
			.map(Product::key)
			.forEach((key) -> products.putIfAbsent(key, "CSAFPID-%04d".formatted(products.size() + 1)));
		return products;
	}

	private ProductTree tree(Map<Key, String> products, Map<String, String> names) {
		Map<String, List<Branch>> versions = new LinkedHashMap<>();
		List<Branch> components = new ArrayList<>();
		products.forEach((key, id) -> {
			String name = names.getOrDefault(key.componentId(), key.componentId());
			if (key.version() == null) {
				components.add(new Branch("product_name", name, new FullProductName(id, name), List.of()));
			}
			else {
				FullProductName full = new FullProductName(id, name + " " + key.version());
				versions.computeIfAbsent(name, (any) -> new ArrayList<>())
					.add(new Branch("product_version", key.version(), full, List.of()));
			}
		});
		versions.forEach((name, branches) -> components.add(new Branch("product_name", name, null, branches)));
		return new ProductTree(List.of(new Branch("vendor", this.publisher.name(), null, components)));
	}

	private static Flaw flaw(Vulnerability vulnerability, Map<Key, String> products) {
		Map<String, List<String>> status = new LinkedHashMap<>();
		for (Status one : Status.values()) {
			List<String> ids = ids(vulnerability.with(one).toList(), products);
			if (!ids.isEmpty()) {
				status.put(one.name().toLowerCase(Locale.ROOT), ids);
			}
		}
		List<String> affected = ids(vulnerability.with(Status.KNOWN_AFFECTED).toList(), products);
		List<String> scored = (affected.isEmpty()) ? ids(vulnerability.products(), products) : affected;
		return new Flaw(vulnerability.cve(), vulnerability.title(),
				List.of(new Note("description", vulnerability.description(), "Description")), status,
				(vulnerability.cvss() != null) ? List.of(score(vulnerability.cvss(), scored)) : List.of(),
				vulnerability.allRemediations()
					.stream()
					.map((one) -> new Remedy(one.category().name().toLowerCase(Locale.ROOT), one.details(), affected,
							one.url()))
					.toList());
	}

	private static Score score(String text, List<String> products) {
		CvssVector vector = CvssVector.parse(text);
		return new Score(products,
				new Cvss(vector.version(), vector.text(), BigDecimal.valueOf(vector.baseScore()), vector.severity()));
	}

	private static List<String> ids(List<Product> some, Map<Key, String> products) {
		return some.stream().map((product) -> products.getOrDefault(product.key(), "")).toList();
	}

}
