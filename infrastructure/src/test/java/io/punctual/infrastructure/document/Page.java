package io.punctual.infrastructure.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of the repository's documents, in the parts that can be held to the code.
 */
record Page(Path file, String text) {

	static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Set<String> MADE = Set.of("target", "node_modules", "cdk.out");

	static List<Page> all() {
		return files((name) -> name.endsWith(".md")).stream().map((file) -> new Page(file, read(file))).toList();
	}

	/**
	 * The repository's files, without what is made of them.
	 */
	static List<Path> files(Predicate<String> name) {
		List<Path> found = new ArrayList<>();
		try {
			Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
				@Override
				public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
					String folderName = folder.getFileName().toString();
					boolean ours = folder.equals(ROOT) || folderName.equals(".ci")
							|| !folderName.startsWith(".") && !MADE.contains(folderName);
					return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (name.test(file.getFileName().toString())) {
						found.add(file);
					}
					return FileVisitResult.CONTINUE;
				}
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found.stream().sorted().toList();
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Targets of its links, but for those into the world.
	 */
	List<String> links() {
		return found("\\]\\(([^)\\s]+)\\)", this.text).stream().filter((link) -> !link.contains(":")).toList();
	}

	/**
	 * What stands in backticks within its sentences.
	 */
	List<String> quoted() {
		return found("`([^`\\n]+)`", this.text.replaceAll("(?s)```.*?```", ""));
	}

	/**
	 * What the page has of that form, in its commands too.
	 */
	List<String> having(String pattern) {
		return found(pattern, this.text);
	}

	/**
	 * Its headings, as a link names them.
	 */
	Set<String> anchors() {
		return found("(?m)^#+ (.+)$", this.text).stream()
			.map((heading) -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
			.collect(Collectors.toSet());
	}

	private static List<String> found(String pattern, String text) {
		return Pattern.compile(pattern).matcher(text).results().map((match) -> match.group(1)).distinct().toList();
	}

	@Override
	public String toString() {
		return ROOT.relativize(this.file).toString();
	}

}
