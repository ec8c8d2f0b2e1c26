package io.punctual.shared.target;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;

/**
 * The rule for every address that a client may make Punctual send to. It is asked twice:
 * for the URL when it is registered, and for the address when it is connected to, since a
 * name may resolve to something else by then.
 */
public final class TargetPolicy {

	/** The most characters of a URL. */
	public static final int MAX_LENGTH = 2048;

	private static final Pattern URL = Pattern.compile("(?i:(https?))://([^/?#]+)((?:/[^?#]*)?)((?:\\?[^#]*)?)");

	private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]@%\\\\]+)(?::([0-9]{1,5}))?");

	/**
	 * Visible ASCII without what parsers disagree about; the host is looked at by itself.
	 */
	private static final Pattern PATH_AND_QUERY = Pattern.compile("[!-~&&[^\"<>\\\\^`{|}]]*");

	private static final int LOWEST_FREE_PORT = 1024;

	/** Ports above 1023 that speak something else than HTTP. */
	private static final Set<Integer> OTHER_PROTOCOLS = Set.of(1433, 1521, 2049, 2375, 2376, 2379, 2380, 3306, 3389,
			5432, 5672, 5900, 5984, 6000, 6379, 6443, 6665, 6666, 6667, 6668, 6669, 8500, 9042, 9092, 9200, 9300, 10250,
			11211, 27017);

	private final boolean loopbackAllowed;

	private final Set<String> allowedHosts;

	/**
	 * Create the policy.
	 * @param loopbackAllowed whether the loopback host, also by plain http, may be sent
	 * to: on a laptop and in tests only
	 */
	public TargetPolicy(boolean loopbackAllowed) {
		this(loopbackAllowed, Set.of());
	}

	/**
	 * Create the policy.
	 * @param loopbackAllowed whether the loopback host, also by plain http, may be sent
	 * to: on a laptop and in tests only
	 * @param allowedHosts names that may be sent to, also by plain http, wherever they
	 * lead: on a laptop and in tests only
	 */
	public TargetPolicy(boolean loopbackAllowed, Set<String> allowedHosts) {
		this.loopbackAllowed = loopbackAllowed;
		this.allowedHosts = Set.copyOf(allowedHosts);
	}

	/**
	 * Check a URL before it is stored.
	 * @param url as the caller wrote it
	 * @return its one normal form: host in lower-case ASCII, path and query untouched
	 * @throws ProblemException 422 target-forbidden, naming the field {@code /url}
	 */
	public URI check(String url) {
		if (url.length() > MAX_LENGTH) {
			throw forbidden("must have at most " + MAX_LENGTH + " characters");
		}
		Matcher parts = URL.matcher(url);
		if (!parts.matches()) {
			throw forbidden("must be an https URL with a host and without a fragment");
		}
		Matcher authority = AUTHORITY.matcher(parts.group(2));
		if (!authority.matches()) {
			throw forbidden("must have a plain host and port, without user information");
		}
		if (!PATH_AND_QUERY.matcher(parts.group(3) + parts.group(4)).matches()) {
			throw forbidden("must have special characters percent-encoded");
		}
		boolean secure = parts.group(1).equalsIgnoreCase("https");
		int port = (authority.group(2) != null) ? Integer.parseInt(authority.group(2)) : (secure) ? 443 : 80;
		String path = parts.group(3) + parts.group(4);
		if (isAllowedByName(authority.group(1))) {
			return URI.create(parts.group(1).toLowerCase(Locale.ROOT) + "://" + parts.group(2) + path);
		}
		if (!secure) {
			throw forbidden("must be https");
		}
		checkPort(port);
		String host = checkHost(authority.group(1));
		return URI.create("https://" + host + ((port != 443) ? ":" + port : "") + path);
	}

	/**
	 * Check a URL before it is stored.
	 * @param url the URL
	 * @throws ProblemException 422 target-forbidden
	 */
	public void checkUrl(URI url) {
		check(url.toString());
	}

	/**
	 * Whether a connection to the address may be opened.
	 * @param address where the socket would connect
	 * @return true for a public address
	 */
	public boolean isAllowed(InetAddress address) {
		return PublicAddresses.contain(address) || this.loopbackAllowed && address.isLoopbackAddress();
	}

	/**
	 * Whether a connection to the address may be opened for that host.
	 * @param host the name or literal that was looked up
	 * @param address where the socket would connect
	 * @return true for a public address, and for a host that is allowed by its name
	 */
	public boolean isAllowed(String host, InetAddress address) {
		return isAllowed(address) || this.allowedHosts.contains(host);
	}

	/**
	 * Look a host up for a connection that is opened to one of the addresses returned,
	 * and to no other.
	 * @param host a name or a literal
	 * @return its addresses, at least one
	 * @throws UnknownHostException if there is none
	 * @throws ForbiddenAddressException if any of them is not public
	 */
	public List<InetAddress> resolve(String host) throws UnknownHostException {
		return resolve(host, InetAddress::getAllByName);
	}

	List<InetAddress> resolve(String host, Resolver resolver) throws UnknownHostException {
		List<InetAddress> addresses = List.of(resolver.resolve(host));
		if (addresses.isEmpty()) {
			throw new UnknownHostException(host);
		}
		if (!addresses.stream().allMatch((address) -> isAllowed(host, address))) {
			throw new ForbiddenAddressException(host);
		}
		return addresses;
	}

	private static void checkPort(int port) {
		boolean ordinary = port == 443 || port >= LOWEST_FREE_PORT && port <= 65535;
		if (!ordinary || OTHER_PROTOCOLS.contains(port)) {
			throw forbidden("must have port 443, or one above 1023 that no other protocol uses");
		}
	}

	private static String checkHost(String text) {
		String host;
		try {
			host = TargetHost.normalize(text);
		}
		catch (IllegalArgumentException ex) {
			throw forbidden(String.valueOf(ex.getMessage()));
		}
		InetAddress literal = TargetHost.literal(host);
		if (literal != null && !PublicAddresses.contain(literal)) {
			throw forbidden("must not be an address of a private or special network");
		}
		return host;
	}

	private boolean isAllowedByName(String host) {
		return this.loopbackAllowed && isLoopback(host) || this.allowedHosts.contains(host);
	}

	private static boolean isLoopback(String host) {
		return host.equalsIgnoreCase("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
	}

	private static ProblemException forbidden(String detail) {
		return ProblemException.of(ProblemType.TARGET_FORBIDDEN, "Punctual does not send to this URL.")
			.field("/url", detail);
	}

	/**
	 * Looks names up.
	 */
	@FunctionalInterface
	interface Resolver {

		InetAddress[] resolve(String host) throws UnknownHostException;

	}

}
