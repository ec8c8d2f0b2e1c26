package io.punctual.infrastructure.document;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Documents speak of what exists: files, modules, classes, stacks, names on AWS,
 * operations.
 */
class DocumentTests {

	/**
	 * Words of AWS's and of others', which look like ours.
	 */
	private static final Set<String> OTHERS = Set.of("GetClientToken", "ErrorPortAllocation", "PacketsDropCount",
			"DescribePrefixLists");

	/**
	 * A class of ours, perhaps with the last part of its package.
	 */
	private static final String CLASS = "(?:[a-z]+/)?(?:[A-Z][a-z]+){2,}|[a-z]+/[A-Z][a-z]+";

	/**
	 * Files that a running system makes.
	 */
	private static final Set<String> MADE = Set.of("csaf.json", "identity-key.json", "secrets.properties");

	private static final Path SNAPSHOTS = Page.ROOT.resolve("infrastructure/src/test/resources/snapshots");

	private final List<Page> pages = Page.all();

	/**
	 * All that is no document, in one text.
	 */
	private static String sources() {
		return Page.files((name) -> !name.endsWith(".md") && !name.endsWith(".class") && !name.endsWith(".jar"))
			.stream()
			.filter((file) -> !file.toString().contains("/document/DocumentTests"))
			.map(DocumentTests::readIfText)
			.collect(Collectors.joining("\n"));
	}

	private static String readIfText(Path file) {
		try {
			return Files.size(file) > 2_000_000 ? "" : Page.read(file);
		}
		catch (java.io.IOException | java.io.UncheckedIOException ex) {
			return "";
		}
	}

	/**
	 * Each page with those of its words that are not.
	 */
	private List<String> without(Function<Page, Stream<String>> words,
			Function<Page, java.util.function.Predicate<String>> exists) {
		List<String> missing = new ArrayList<>();
		for (Page page : this.pages) {
			java.util.function.Predicate<String> known = exists.apply(page);
			words.apply(page).filter((word) -> !known.test(word)).forEach((word) -> missing.add(page + ": " + word));
		}
		return missing;
	}

	@Test
	void thereAreManyPages() {
		assertThat(this.pages).hasSizeGreaterThan(140);
		assertThat(this.pages.stream().mapToInt((page) -> page.links().size()).sum()).isGreaterThan(250);
	}

	@Test
	void linksLeadToAFileAndToAHeadingOfIt() {
		assertThat(without((page) -> page.links().stream(), (page) -> (link) -> leads(page, link))).isEmpty();
	}

	private static boolean leads(Page page, String link) {
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
		if (parts.length == 1 || !Files.exists(target)) {
			return Files.exists(target);
		}
		Path described = Files.isDirectory(target) ? target.resolve("README.md") : target;
		return new Page(described, Page.read(described)).anchors().contains(parts[1]);
	}

	@Test
	void pathsExist() {
		String top = "(?:services|gateway-config|local|infrastructure|docs|release|\\.ci)";
		assertThat(
				without((
						page) -> Stream
							.concat(page
								.having("(?:^|[\\s`(\"'])((?:\\./)?" + top + "/[\\w./-]*\\w)(?=$|[\\s`)\"',;:#])")
								.stream(),
									page.quoted()
										.stream()
										.filter((word) -> word
											.matches("[\\w-]+\\.(?:sh|yaml|csv|json|md|java|properties)")))
							.filter((word) -> !word.contains("/target/") && !word.matches(CLASS)),
						(page) -> (word) -> Files.exists(Page.ROOT.resolve(word))
								|| Files.exists(page.file().resolveSibling(word))
								|| !word.contains("/") && !Page.files(word::equals).isEmpty() || MADE.contains(word)))
			.isEmpty();
	}

	@Test
	void modulesAndTestsOfCommandsExist() {
		assertThat(
				without((page) -> page.having("-pl ([\\w/,.-]+)").stream(),
						(page) -> (modules) -> Stream.of(modules.split(","))
							.allMatch((module) -> Files.exists(Page.ROOT.resolve(module).resolve("pom.xml")))))
			.isEmpty();
		assertThat(without((page) -> page.having("-D(?:it\\.)?test='?([A-Za-z*]+)").stream(),
				(page) -> (test) -> !Page.files((name) -> name.matches(test.replace("*", ".*") + "\\.java")).isEmpty()))
			.isEmpty();
	}

	@Test
	void classesExist() {
		String sources = sources();
		Set<String> classes = Page.files((name) -> name.endsWith(".java"))
			.stream()
			.map((file) -> file.getFileName().toString().replace(".java", ""))
			.collect(Collectors.toSet());
		assertThat(without((page) -> page.quoted()
			.stream()
			.filter((word) -> word.matches(CLASS))
			.filter((word) -> !OTHERS.contains(word)), (page) -> (word) -> {
				String name = word.replaceFirst(".*/", "");
				return word.contains("/") ? !Page.files((name + ".java")::equals)
					.stream()
					.filter((file) -> file.toString().endsWith("/" + word + ".java"))
					.toList()
					.isEmpty() : classes.contains(name) || sources.contains(name);
			})).isEmpty();
	}

	@Test
	void stacksExist() {
		assertThat(without((page) -> page.having(
				"(?:--stack-name |the stack `?|'?(?:staging|production|<environment>)/)([A-Z][A-Za-z]+(?:-[a-z]+)?)\\b")
			.stream(),
				(page) -> (stack) -> Files.exists(SNAPSHOTS.resolve(stack.replace("staging", "production") + ".yaml"))))
			.isEmpty();
	}

	@Test
	void namesOnAwsAreThoseOfTheTemplatesOrTheScripts() {
		String sources = sources();
		assertThat(without(
				(page) -> page.having("(?<!\\w)((?:/punctual/|punctual-|Punctual/)[a-zA-Z][\\w/-]*\\w)")
					.stream()
					.filter((word) -> !word
						.matches("punctual-(?:restored|before|audit-ENVIRONMENT-ACCOUNT|ENVIRONMENT)")),
				(page) -> (name) -> Stream
					.of(name, name.replaceFirst("SERVICE", "clients"), name.replaceFirst("service", "clients"))
					.anyMatch(sources::contains)))
			.isEmpty();
	}

	@Test
	void operationsAreOfTheApi() {
		String document = Page.read(Page.ROOT.resolve("gateway-config/openapi.yaml"));
		Set<String> operations = new TreeSet<>();
		String path = "";
		for (String line : document.lines().toList()) {
			var aPath = Pattern.compile("^  (/[^:]*):").matcher(line);
			if (aPath.find()) {
				path = aPath.group(1);
			}
			var method = Pattern.compile("^    (get|post|put|patch|delete):").matcher(line);
			if (method.find()) {
				operations.add(method.group(1).toUpperCase(Locale.ROOT) + " " + shape(path));
			}
		}
		assertThat(without((page) -> page.having("((?:GET|POST|PUT|PATCH|DELETE) /v1/[\\w{}/.-]*[\\w}])").stream(),
				(page) -> (operation) -> operations.contains(shape(operation))))
			.isEmpty();
	}

	/**
	 * A path without the names of its parameters.
	 */
	private static String shape(String path) {
		return path.replaceAll("\\{[^}]*}", "{}").replaceAll("/$", "");
	}

}
