package io.punctual.shared.web;

import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A part of a list.
 *
 * @param <T> what is listed
 * @param items in the list's order
 * @param next the cursor of the next page, or null at the list's end
 */
public record Page<T>(List<T> items, @Nullable String next) {

	/**
	 * Items that take more than this as JSON go on the next page, in bytes: half of the
	 * 10 MB that API Gateway passes on in one answer.
	 */
	public static final int MOST_BYTES = 5_000_000;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	public Page {
		items = List.copyOf(items);
	}

	/**
	 * The page that begins with what was found: as many items as were asked for, fewer if
	 * they are too large together, and one in any case.
	 * @param <T> what is listed
	 * @param found in the list's order, one more than {@code size} if there are so many
	 * @param size the most items on the page
	 * @param cursor of the page that goes on after an item
	 * @return the page
	 */
	public static <T> Page<T> of(List<T> found, int size, Function<? super T, String> cursor) {
		List<T> items = fitting(found.subList(0, Math.min(size, found.size())));
		return new Page<>(items, (items.size() < found.size()) ? cursor.apply(items.getLast()) : null);
	}

	/**
	 * As many of the first items as fit into an answer, and one in any case.
	 * @param <T> what is listed
	 * @param items in the list's order
	 * @return those that take no more than {@link #MOST_BYTES} together
	 */
	public static <T> List<T> fitting(List<T> items) {
		Bytes bytes = new Bytes();
		for (int fits = 0; fits < items.size(); fits++) {
			JSON.writeValue(bytes, items.get(fits));
			if (bytes.written > MOST_BYTES && fits > 0) {
				return items.subList(0, fits);
			}
		}
		return items;
	}

	/**
	 * The same page of what is shown of its items.
	 * @param <V> what is shown
	 * @param view shows one
	 * @return the page
	 */
	public <V> Page<V> map(Function<? super T, ? extends V> view) {
		return new Page<>(this.items.stream().<V>map(view).toList(), this.next);
	}

	/**
	 * Counts what it is given.
	 */
	private static final class Bytes extends OutputStream {

		private long written;

		@Override
		public void write(int one) {
			this.written++;
		}

		@Override
		public void write(byte[] some, int offset, int length) {
			this.written += length;
		}

	}

}
