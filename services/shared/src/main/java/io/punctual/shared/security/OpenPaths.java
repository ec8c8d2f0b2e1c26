package io.punctual.shared.security;

import java.util.List;

/**
 * Paths that ask for no token, since what they need to know is in them: a link that
 * somebody was sent. A service that has such paths names them in a bean of this type.
 *
 * @param patterns path patterns, such as {@code /v1/acknowledgements/*}
 */
public record OpenPaths(List<String> patterns) {

	public OpenPaths {
		patterns = List.copyOf(patterns);
	}

}
