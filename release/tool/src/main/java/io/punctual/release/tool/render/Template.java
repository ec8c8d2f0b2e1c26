package io.punctual.release.tool.render;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with placeholders {@code ${NAME}}, some of which are filled in.
 *
 * @param text the text
 */
record Template(String text) {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)}");

	/**
	 * Fills in what is known and leaves the rest.
	 * @param values what stands for which name
	 * @return the text with fewer placeholders
	 */
	Template fill(Map<String, String> values) {
		return new Template(PLACEHOLDER.matcher(this.text)
			.replaceAll((match) -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group()))));
	}

	/**
	 * What is left to fill in.
	 * @return names, in order
	 */
	SortedSet<String> names() {
		SortedSet<String> names = new TreeSet<>();
		PLACEHOLDER.matcher(this.text).results().forEach((match) -> names.add(match.group(1)));
		return names;
	}

}
