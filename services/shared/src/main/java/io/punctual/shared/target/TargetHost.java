package io.punctual.shared.target;

import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the host of a target strictly: what two parsers could read in two ways is
 * refused.
 */
final class TargetHost {

	private static final int MAX_NAME = 253;

	private static final Pattern LABEL = Pattern.compile("[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?");

	private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

	private static final Pattern IPV4 = Pattern
		.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

	private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

	/**
	 * Names that mean nothing in public, or mean our own network (RFC 6761, RFC 8375).
	 */
	private static final Set<String> PRIVATE_SUFFIXES = Set.of("localhost", "localdomain", "local", "internal", "onion",
			"test", "invalid", "example", "home.arpa", "arpa", "lan", "corp", "home", "intranet", "private", "svc");

	private TargetHost() {
	}

	/**
	 * The host in the form in which it is stored and connected to.
	 * @param host as it stands in the URL, brackets included
	 * @return lower-case ASCII, without a final dot
	 * @throws IllegalArgumentException saying why it is refused
	 */
	static String normalize(String host) {
		if (host.startsWith("[")) {
			return literalV6(host);
		}
		String ascii = ascii(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
		String[] labels = ascii.split("\\.", -1);
		String last = labels[labels.length - 1];
		if (NUMBER.matcher(last).matches()) {
			if (host.endsWith(".") || !IPV4.matcher(ascii).matches()) {
				throw new IllegalArgumentException("the host is a number, but not an IPv4 address in its usual form");
			}
			return ascii;
		}
		if (ascii.length() > MAX_NAME) {
			throw new IllegalArgumentException("the host's name is too long");
		}
		for (String label : labels) {
			if (!LABEL.matcher(label).matches()) {
				throw new IllegalArgumentException("the host is not a valid name");
			}
		}
		if (labels.length < 2) {
			throw new IllegalArgumentException("the host must be a full name");
		}
		if (isPrivate(ascii)) {
			throw new IllegalArgumentException("the host is a name of a private network");
		}
		return ascii;
	}

	/**
	 * The address that a normalized host spells, if it is a literal.
	 * @param host from {@link #normalize}
	 * @return the address, or null for a name
	 */
	static @Nullable InetAddress literal(String host) {
		boolean v6 = host.startsWith("[");
		if (!v6 && !IPV4.matcher(host).matches()) {
			return null;
		}
		try {
			return InetAddress.getByName(host);
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	private static String literalV6(String host) {
		String inside = (host.endsWith("]")) ? host.substring(1, host.length() - 1) : "";
		if (!IPV6.matcher(inside).matches() || !inside.contains(":")) {
			throw new IllegalArgumentException("the host is not an IPv6 address");
		}
		try {
			InetAddress address = InetAddress.getByName(host);
			if (address instanceof Inet4Address) {
				throw new IllegalArgumentException("the host is an IPv4 address in the form of IPv6");
			}
			return '[' + address.getHostAddress() + ']';
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("the host is not an IPv6 address", ex);
		}
	}

	private static boolean isPrivate(String host) {
		for (int dot = -1; dot < host.length();) {
			String suffix = host.substring(dot + 1);
			if (PRIVATE_SUFFIXES.contains(suffix)) {
				return true;
			}
			int next = host.indexOf('.', dot + 1);
			if (next < 0) {
				return false;
			}
			dot = next;
		}
		return false;
	}

	/**
	 * Punycode of the host. A name that could be taken for another is refused: letters of
	 * two scripts in one label, or a script other than Latin below a top-level name of
	 * another script.
	 */
	private static String ascii(String host) {
		String lower = host.toLowerCase(Locale.ROOT);
		String ascii;
		String unicode;
		try {
			ascii = IDN.toASCII(lower).toLowerCase(Locale.ROOT);
			unicode = IDN.toUnicode(ascii);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("the host is not a valid international name", ex);
		}
		boolean spelledOut = !lower.equals(ascii);
		if (spelledOut && !unicode.equals(lower) || !spelledOut && !IDN.toASCII(unicode).equals(ascii)) {
			throw new IllegalArgumentException("the host can be read as another one");
		}
		String[] labels = unicode.split("\\.", -1);
		UnicodeScript top = script(labels[labels.length - 1]);
		for (String label : labels) {
			UnicodeScript script = script(label);
			if (label.startsWith("xn--")
					|| script != UnicodeScript.LATIN && script != UnicodeScript.COMMON && script != top) {
				throw new IllegalArgumentException("the host can be taken for another one");
			}
		}
		return ascii;
	}

	private static UnicodeScript script(String label) {
		UnicodeScript found = UnicodeScript.COMMON;
		for (int codePoint : label.codePoints().toArray()) {
			UnicodeScript script = UnicodeScript.of(codePoint);
			if (script == UnicodeScript.COMMON || script == UnicodeScript.INHERITED) {
				continue;
			}
			if (found != UnicodeScript.COMMON && found != script) {
				throw new IllegalArgumentException("the host mixes letters of two scripts");
			}
			found = script;
		}
		return found;
	}

}
