package io.punctual.local.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.punctual.local.edge.document.DocumentException;
import io.punctual.local.edge.document.DocumentReader;
import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.document.Source;
import io.punctual.local.edge.imported.ImportLint;
import io.punctual.local.edge.imported.ImportedDocument;
import io.punctual.local.edge.imported.SettingsLint;

import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the local edge.
 */
@SpringBootApplication
public class EdgeApplication {

	/**
	 * Starts the edge; with {@code --derive=FILE} it writes the imported form of
	 * {@code --document} there instead and ends, with an error when that form has
	 * something an import would reject or ignore, or the settings do not fit it.
	 */
	public static void main(String[] args) throws IOException {
		DefaultApplicationArguments arguments = new DefaultApplicationArguments(args);
		List<String> derived = arguments.getOptionValues("derive");
		List<String> document = arguments.getOptionValues("document");
		List<String> settings = arguments.getOptionValues("settings");
		if (derived != null && document != null) {
			derive(Source.of(Path.of(document.getFirst())),
					(settings != null) ? Settings.read(Source.of(Path.of(settings.getFirst()))) : Settings.none(),
					Path.of(derived.getFirst()));
			return;
		}
		SpringApplication.run(EdgeApplication.class, args);
	}

	private static void derive(Source document, Settings settings, Path to) throws IOException {
		List<String> found = new ArrayList<>(ImportLint.check(ImportedDocument.of(document)));
		found.addAll(SettingsLint.check(DocumentReader.read(document), settings));
		if (!found.isEmpty()) {
			throw new DocumentException(document.name() + " cannot be imported:\n  " + String.join("\n  ", found));
		}
		ImportedDocument.write(document, to);
	}

}
