package io.punctual.local.launcher.demo;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the demo's receivers are.
 *
 * @param address the address of this host on which they listen
 * @param name the name by which the services reach it
 */
public record ReceiverHost(InetAddress address, String name) {

	/**
	 * Returns this host, for services that run on it too.
	 */
	public static ReceiverHost loopback() {
		try {
			return new ReceiverHost(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), "127.0.0.1");
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
