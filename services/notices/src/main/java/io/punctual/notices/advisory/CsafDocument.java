package io.punctual.notices.advisory;

import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The parts of a CSAF 2.0 document that are used here, under the names that the standard
 * gives them (OASIS, "Common Security Advisory Framework Version 2.0", 3.2).
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonNaming(SnakeCaseStrategy.class)
public record CsafDocument(Document document, @Nullable ProductTree productTree, List<Flaw> vulnerabilities) {

	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	@JsonNaming(SnakeCaseStrategy.class)
	record Document(String category, String csafVersion, Publisher publisher, String title, Tracking tracking,
			Text aggregateSeverity, @Nullable Distribution distribution, List<Note> notes,
			List<DocumentReference> references) {
	}

	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	@JsonNaming(SnakeCaseStrategy.class)
	record Publisher(String category, String name, URI namespace, @Nullable String contactDetails) {
	}

	@JsonNaming(SnakeCaseStrategy.class)
	record Tracking(String id, String status, String version, String initialReleaseDate, String currentReleaseDate,
			List<HistoryItem> revisionHistory) {
	}

	record HistoryItem(String number, String date, String summary) {
	}

	record Text(String text) {
	}

	record Distribution(Marking tlp) {
	}

	record Marking(Advisory.Tlp label) {
	}

	record Note(String category, String text, String title) {
	}

	record DocumentReference(String category, String summary, String url) {
	}

	record ProductTree(List<Branch> branches) {
	}

	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	record Branch(String category, String name, @Nullable FullProductName product, List<Branch> branches) {
	}

	@JsonNaming(SnakeCaseStrategy.class)
	record FullProductName(String productId, String name) {
	}

	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	@JsonNaming(SnakeCaseStrategy.class)
	record Flaw(@Nullable String cve, @Nullable String title, List<Note> notes, Map<String, List<String>> productStatus,
			List<Score> scores, List<Remedy> remediations) {
	}

	record Score(List<String> products, @JsonProperty("cvss_v3") Cvss cvss) {
	}

	record Cvss(String version, String vectorString, BigDecimal baseScore, String baseSeverity) {
	}

	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	@JsonNaming(SnakeCaseStrategy.class)
	record Remedy(String category, String details, List<String> productIds, @Nullable String url) {
	}

}
