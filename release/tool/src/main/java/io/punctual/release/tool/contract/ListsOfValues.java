package io.punctual.release.tool.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.Changed;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedSchema;
import org.openapitools.openapidiff.core.model.ComposedChanged;
import org.openapitools.openapidiff.core.model.schema.ChangedEnum;

/**
 * What may become of the lists of values (enum) in answers: one that is marked as
 * extensible in the document that callers have may grow, any other may not, and none may
 * lose a value that somebody waits for. Those in requests are the library's: they may
 * grow and not shrink.
 */
final class ListsOfValues {

	/** Beside {@code enum}: callers are told to take values that they do not know. */
	static final String MARK = "x-extensible";

	private final Set<Changed> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private final List<String> broken = new ArrayList<>();

	private ListsOfValues() {
	}

	/**
	 * To leave lists that grow in answers to us.
	 */
	static OpenApiDiffOptions left() {
		return OpenApiDiffOptions.builder().configProperty("incompatible.response.enum.increased", "false").build();
	}

	/**
	 * Which lists have changed so that a caller may break.
	 * @return each with what has changed, in words
	 */
	static List<String> broken(ChangedOpenApi difference) {
		ListsOfValues lists = new ListsOfValues();
		lists.look(difference);
		return List.copyOf(lists.broken);
	}

	private void look(@Nullable Changed changed) {
		if (changed == null || !this.seen.add(changed)) {
			return;
		}
		if (changed instanceof ChangedSchema schema && schema.getContext().isResponse()
				&& schema.getEnumeration() != null) {
			answered(schema, schema.getEnumeration());
		}
		if (changed instanceof ComposedChanged composed) {
			composed.getChangedElements().forEach(this::look);
		}
	}

	private void answered(ChangedSchema schema, ChangedEnum<?> list) {
		String where = schema.getContext().getMethod() + " " + schema.getContext().getUrl();
		if (!list.getIncreased().isEmpty() && !isMarked(schema.getOldSchema())) {
			this.broken.add("%s: %s would be new in an answer's list that is not marked as %s".formatted(where,
					list.getIncreased(), MARK));
		}
		if (!list.getMissing().isEmpty()) {
			this.broken.add("%s: %s would be gone from an answer's list".formatted(where, list.getMissing()));
		}
	}

	private static boolean isMarked(@Nullable Schema<?> schema) {
		Map<String, Object> extensions = (schema != null) ? schema.getExtensions() : null;
		return extensions != null && Boolean.TRUE.equals(extensions.get(MARK));
	}

}
