package io.punctual.local.edge.gateway;

import io.punctual.local.edge.document.ResponseType;

/**
 * Refuses what is no proper HTTP request (RFC 9112) though it can be read: a backend
 * could understand it otherwise than the gateway.
 */
final class WellFormed {

	private static final String TOKEN = "!#$%&'*+-.^_`|~";

	private static final String NOT_IN_A_PATH = "\"#<>\\^`{|}";

	private static final String HOST = "-._~:[]%!$&'()*+,;=";

	private WellFormed() {
	}

	/**
	 * The target's path and query, without the scheme and host that a proxy's client
	 * sends before them.
	 */
	static String target(String target) {
		if (target.startsWith("/") || target.equals("*")) {
			return visible(target);
		}
		int scheme = target.indexOf("://");
		int path = (scheme > 0) ? target.indexOf('/', scheme + 3) : -1;
		if (scheme <= 0 || path == scheme + 3) {
			throw bad();
		}
		host(target.substring(scheme + 3, (path < 0) ? target.length() : path));
		return (path < 0) ? "/" : visible(target.substring(path));
	}

	private static String visible(String target) {
		int query = target.indexOf('?');
		int end = (query < 0) ? target.length() : query;
		for (int i = 0; i < target.length(); i++) {
			char c = target.charAt(i);
			if (c <= ' ' || c >= 0x7f || (i < end && NOT_IN_A_PATH.indexOf(c) >= 0)) {
				throw bad();
			}
		}
		int nothing = target.indexOf("%00");
		if (nothing >= 0 && nothing < end) {
			throw bad();
		}
		return target;
	}

	static void method(String method) {
		token(method);
	}

	static void host(String host) {
		boolean inside = false;
		for (int i = 0; i < host.length(); i++) {
			char c = host.charAt(i);
			inside = (c == '[') || (inside && c != ']');
			if (!alphanumeric(c) && HOST.indexOf(c) < 0) {
				throw bad();
			}
		}
		if (inside) {
			throw bad();
		}
	}

	static void header(String name) {
		token(name);
	}

	private static void token(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (!alphanumeric(text.charAt(i)) && TOKEN.indexOf(text.charAt(i)) < 0) {
				throw bad();
			}
		}
		if (text.isEmpty()) {
			throw bad();
		}
	}

	private static boolean alphanumeric(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	}

	static GatewayException bad() {
		return new GatewayException(ResponseType.DEFAULT_4XX, "Bad Request");
	}

}
