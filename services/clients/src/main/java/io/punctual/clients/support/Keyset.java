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
	 * @param view shows one
	 * @param id tells the id of what is shown
	 * @return the page
	 */
	public static <E, V> Page<V> page(Object filter, @Nullable Integer limit, @Nullable String cursor,
			BiFunction<String, Integer, List<E>> query, Function<E, V> view, Function<V, String> id) {
		int size = Cursors.limit(limit);
		List<String> keys = Cursors.decode(cursor, filter);
		List<V> found = query.apply(keys.isEmpty() ? "" : keys.getFirst(), size + 1).stream().map(view).toList();
		return Page.of(found, size, (last) -> Cursors.encode(filter, id.apply(last)));
	}

}
