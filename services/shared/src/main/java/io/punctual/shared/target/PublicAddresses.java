package io.punctual.shared.target;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells public addresses from all others, by the IANA special-purpose address registries
 * (RFC 6890 and its updates). Of IPv6 only global unicast, 2000::/3, can be public.
 */
final class PublicAddresses {

	// The last one is public by its registry, but a large cloud's own platform answers
	// there.
	private static final List<Range> SPECIAL_V4 = ranges("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
			"169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
			"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32");

	private static final Range GLOBAL_UNICAST_V6 = Range.of("2000::/3");

	// Protocol assignments with Teredo, ORCHID and benchmarking; documentation; 6to4.
	private static final List<Range> SPECIAL_V6 = ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

	private PublicAddresses() {
	}

	static boolean contain(InetAddress address) {
		byte[] bytes = address.getAddress();
		if (address instanceof Inet4Address) {
			return SPECIAL_V4.stream().noneMatch((range) -> range.contains(bytes));
		}
		return GLOBAL_UNICAST_V6.contains(bytes) && SPECIAL_V6.stream().noneMatch((range) -> range.contains(bytes));
	}

	private static List<Range> ranges(String... cidrs) {
		return Stream.of(cidrs).map(Range::of).toList();
	}

	/**
	 * Addresses that share their first bits.
	 */
	private record Range(byte[] prefix, int bits) {

		static Range of(String cidr) {
			int slash = cidr.indexOf('/');
			try {
				return new Range(InetAddress.getByName(cidr.substring(0, slash)).getAddress(),
						Integer.parseInt(cidr.substring(slash + 1)));
			}
			catch (UnknownHostException ex) {
				throw new IllegalStateException(ex);
			}
		}

		boolean contains(byte[] address) {
			if (address.length != this.prefix.length) {
				return false;
			}
			int whole = this.bits / 8;
			for (int i = 0; i < whole; i++) {
				if (address[i] != this.prefix[i]) {
					return false;
				}
			}
			int mask = 0xff00 >> this.bits % 8 & 0xff;
			return mask == 0 || (address[whole] & mask) == (this.prefix[whole] & mask);
		}

	}

}
