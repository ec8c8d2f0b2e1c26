package io.punctual.local.edge.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.punctual.local.edge.document.Settings;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * The web server before the gateway: a thread for each connection, which reads, asks the
 * backend and answers without handing the request to another.
 */
public final class GatewayServer implements SmartLifecycle {

	private static final Timeout IDLE = Timeout.ofSeconds(60);

	private static final Duration GRACE = Duration.ofSeconds(5);

	private final int port;

	private final @Nullable InetAddress address;

	private final AtomicInteger underWay = new AtomicInteger();

	private final GatewayService service;

	private final Connections connections;

	private volatile @Nullable HttpServer server;

	/**
	 * @param port 0 for any
	 * @param address null for all of the machine's
	 * @param mostConnections how many clients' connections may be open at once
	 */
	public GatewayServer(int port, @Nullable InetAddress address, int mostConnections, Gateway gateway,
			Settings settings) {
		this.port = port;
		this.address = address;
		AccessLog log = new AccessLog(settings.accessLogFormat());
		this.service = new GatewayService(gateway, settings, log, ClientConnection.LIMITS, this.underWay);
		this.connections = new Connections(mostConnections, gateway, settings, log);
	}

	@Override
	public void start() {
		HttpServer created = new HttpServer(this.port, this.service, this.address,
				SocketConfig.custom().setSoTimeout(IDLE).setTcpNoDelay(true).setBacklogSize(200).build(), null,
				this.connections, null, null, null);
		try {
			created.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException("Port " + this.port + " cannot be had: " + ex.getMessage(), ex);
		}
		this.server = created;
	}

	/**
	 * What is under way may end; no connection is kept for more.
	 */
	@Override
	public void stop() {
		HttpServer running = this.server;
		this.server = null;
		if (running != null) {
			running.initiateShutdown();
			long end = System.nanoTime() + GRACE.toNanos();
			while (this.underWay.get() > 0 && System.nanoTime() - end < 0) {
				LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
			}
			running.close(CloseMode.IMMEDIATE);
		}
	}

	@Override
	public boolean isRunning() {
		return this.server != null;
	}

	public int port() {
		HttpServer running = this.server;
		return (running != null) ? running.getLocalPort() : -1;
	}

}
