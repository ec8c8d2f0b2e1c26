package io.punctual.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README lists what the templates hold, as {@code infrastructure/check} prints it.
 */
@NeedsNode
class ListingTests {

	private static final Path README = Path.of("README.md");

	private static final String HEAD = "| stack | staging | production | of which, in production |\n|---|---|---|---|\n";

	@Test
	void readmeListsTheTemplatesWithTheirResources() throws IOException {
		String readme = Files.readString(README);
		String listing = listing();
		if (Boolean.getBoolean("updateSnapshots")) {
			int start = readme.indexOf(HEAD);
			Files.writeString(README,
					readme.substring(0, start) + listing + readme.substring(readme.indexOf("\n\n", start) + 1));
		}
		assertThat(Files.readString(README)).as("-DupdateSnapshots=true writes it").contains("\n" + listing + "\n");
	}

	private static String listing() {
		Map<String, Template> staging = Synthesised.staging().stacks();
		StringBuilder rows = new StringBuilder(HEAD);
		int[] sum = new int[2];
		Synthesised.production().stacks().forEach((name, template) -> {
			int small = resources(staging.get(name.replace("production", "staging")));
			int normal = template.resources().size();
			sum[0] += small;
			sum[1] += normal;
			rows.append("| `%s` | %d | %d | %s |%n".formatted(name.replace("production", "<environment>"), small,
					normal, kinds(template)));
		});
		return rows.append("| **all** | **%d** | **%d** | |%n".formatted(sum[0], sum[1])).toString();
	}

	private static int resources(@org.jspecify.annotations.Nullable Template template) {
		assertThat(template).isNotNull();
		return (template != null) ? template.resources().size() : 0;
	}

	/**
	 * The four most frequent services of AWS, the first named first where they are alike.
	 */
	private static String kinds(Template template) {
		Map<String, Integer> kinds = new LinkedHashMap<>();
		template.resources().forEach((resource) -> kinds.merge(resource.type().split("::")[1], 1, Integer::sum));
		return kinds.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
			.limit(4)
			.map((kind) -> kind.getKey() + " " + kind.getValue())
			.collect(Collectors.joining(", "));
	}

}
