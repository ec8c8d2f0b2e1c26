package io.punctual.local.edge.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding (RFC 3986).
 */
public final class Percent {

	private static final String UNRESERVED = "-._~";

	private static final String HEX = "0123456789ABCDEF";

	private Percent() {
	}

	/**
	 * @throws IllegalArgumentException when the text is not well-formed
	 */
	public static String decode(String text) {
		if (text.indexOf('%') < 0) {
			return text;
		}
		byte[] from = text.getBytes(StandardCharsets.UTF_8);
		byte[] to = new byte[from.length];
		int length = 0;
		for (int i = 0; i < from.length; i++) {
			if (from[i] != '%') {
				to[length++] = from[i];
				continue;
			}
			int high = (i + 2 < from.length) ? Character.digit(from[i + 1], 16) : -1;
			int low = (i + 2 < from.length) ? Character.digit(from[i + 2], 16) : -1;
			if (high < 0 || low < 0) {
				throw new IllegalArgumentException("Malformed percent-encoding");
			}
			to[length++] = (byte) (high * 16 + low);
			i += 2;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(to, 0, length)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("Not UTF-8", ex);
		}
	}

	/**
	 * Encodes all but unreserved characters, so that a value stays one path segment or
	 * one query value.
	 */
	public static String encode(String text) {
		StringBuilder out = null;
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < bytes.length; i++) {
			int b = bytes[i] & 0xff;
			boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9')
					|| UNRESERVED.indexOf(b) >= 0;
			if (!plain && out == null) {
				out = new StringBuilder(bytes.length + 16).append(text, 0, i);
			}
			if (out != null && plain) {
				out.append((char) b);
			}
			else if (out != null) {
				out.append('%').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 15));
			}
		}
		return (out != null) ? out.toString() : text;
	}

}
