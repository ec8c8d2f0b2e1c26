package io.punctual.notices.advisory;

import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What an advisory says besides its text: complete at each update, not a change.
 *
 * @param tlp who may read it (Traffic Light Protocol 1.0, as CSAF 2.0 has it)
 * @param references where more is to be read
 * @param vulnerabilities what is wrong with which products
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Advisory(@Nullable Tlp tlp, @Size(max = 50) @Valid @Nullable List<@NotNull Reference> references,
		@Size(max = 100) @Valid @Nullable List<@NotNull Vulnerability> vulnerabilities) {

	List<Reference> allReferences() {
		return Objects.requireNonNullElse(this.references, List.of());
	}

	List<Vulnerability> allVulnerabilities() {
		return Objects.requireNonNullElse(this.vulnerabilities, List.of());
	}

	/**
	 * How far a document may go.
	 */
	public enum Tlp {

		WHITE, GREEN, AMBER, RED

	}

	/**
	 * Where more is to be read.
	 */
	public record Reference(@NotBlank @Size(max = 200) String summary, @NotBlank @Size(max = 2048) String url) {
	}

}
