package io.punctual.release.tool.contract;

import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.punctual.release.tool.Command;
import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;
import io.punctual.release.tool.ReleaseException;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.ConsoleRender;

/**
 * Compares the API's document with the deployed one: whoever calls the deployed one must
 * be able to call the new one.
 */
public final class CompareCommand implements Command {

	@Override
	public boolean run(Options options) {
		ChangedOpenApi difference = compare(options.path("from"), options.path("to"));
		if (difference.isUnchanged()) {
			System.out.println("The API's document says what it said.");
			return true;
		}
		List<String> lists = ListsOfValues.broken(difference);
		if (difference.isCompatible() && lists.isEmpty()) {
			System.out.printf("The API's document has %d new operations and %d changed ones; no caller breaks.%n",
					difference.getNewEndpoints().size(), difference.getChangedOperations().size());
			return true;
		}
		System.out.println("The API's document would break callers of the deployed one:");
		lists.forEach(System.out::println);
		System.out.println(render(difference));
		System.out.println("Add instead of changing, or make it a new major version beside the old one.");
		return false;
	}

	private static ChangedOpenApi compare(Path from, Path to) {
		Documents.text(from);
		Documents.text(to);
		try {
			return OpenApiCompare.fromLocations(from.toUri().toString(), to.toUri().toString(), null,
					ListsOfValues.left());
		}
		catch (RuntimeException ex) {
			throw new ReleaseException("the documents cannot be compared", ex);
		}
	}

	private static String render(ChangedOpenApi difference) {
		ByteArrayOutputStream text = new ByteArrayOutputStream();
		new ConsoleRender().render(difference, new OutputStreamWriter(text, StandardCharsets.UTF_8));
		return text.toString(StandardCharsets.UTF_8);
	}

}
