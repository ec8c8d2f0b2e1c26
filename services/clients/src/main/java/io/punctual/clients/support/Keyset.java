package io.punctual.clients.support;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.Page;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a list that is ordered by id.
 */
public final class Keyset {

	private Keyset() {
	}

	/**
	 * Return a page.
	 * @param <E> what is stored
	 * @param <V> what is shown
	 * @param filter everything that selects the list
	 * @param limit from the caller
	 * @param cursor from the caller
	 * @param query finds so many with an id after the given one, in order of id
	 * @param id tells the id
	 * @param view shows one
	 * @return the page
	 */
	public static <E, V> Page<V> page(Object filter, @Nullable Integer limit, @Nullable String cursor,
			BiFunction<String, Integer, List<E>> query, Function<E, String> id, Function<E, V> view) {
		int size = Cursors.limit(limit);
		List<String> keys = Cursors.decode(cursor, filter);
		List<E> found = query.apply(keys.isEmpty() ? "" : keys.getFirst(), size + 1);
		boolean more = found.size() > size;
		List<E> shown = more ? found.subList(0, size) : found;
		return new Page<>(shown.stream().map(view).toList(),
				more ? Cursors.encode(filter, id.apply(shown.getLast())) : null);
	}

}
