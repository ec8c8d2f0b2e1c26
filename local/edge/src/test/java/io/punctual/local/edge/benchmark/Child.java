package io.punctual.local.edge.benchmark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.punctual.local.database.FreePort;

/**
 * A process that is measured: the service, the edge, nginx.
 */
record Child(Process process, int port) implements AutoCloseable {

	static Child java(Path folder, String main, String... arguments) throws IOException {
		int port = FreePort.find();
		// As in the images, but for the heap.
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
						"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xss512k"));
		if (main.endsWith("EdgeApplication")) {
			Stream.of(System.getProperty("edge.jvm", "").split(" "))
				.filter((option) -> !option.isBlank())
				.forEach(command::add);
		}
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
		Stream.of(arguments)
			.map((argument) -> argument.replace("{port}", Integer.toString(port)))
			.forEach(command::add);
		return start(folder.resolve(main + "-" + port + ".log"), command, port);
	}

	/**
	 * Spring Cloud Gateway with that one route and an access log, as the others write
	 * one; empty where it is not on the classpath.
	 */
	static Optional<Child> cloudGateway(Path folder, int service) throws IOException {
		if (!System.getProperty("java.class.path").contains("spring-cloud-gateway-server-webmvc")) {
			return Optional.empty();
		}
		String routes = "--spring.cloud.gateway.server.webmvc.routes[0].";
		return Optional.of(java(folder, CloudGateway.class.getName(), "--server.port={port}",
				"--spring.config.name=cloud-gateway", "--server.tomcat.accesslog.enabled=true",
				"--server.tomcat.accesslog.directory=" + folder, "--server.tomcat.max-keep-alive-requests=-1",
				routes + "id=all", routes + "uri=http://127.0.0.1:" + service, routes + "predicates[0]=Path=/v1/**"));
	}

	/**
	 * Debian's nginx as it comes, but for the route, connections to the service that stay
	 * open, and one worker without a master; empty where there is none.
	 */
	static Optional<Child> nginx(Path folder, int service) throws IOException {
		Optional<Path> program = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx")
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst();
		if (program.isEmpty()) {
			return Optional.empty();
		}
		int port = FreePort.find();
		Path configuration = folder.resolve("nginx.conf");
		Files.writeString(configuration, """
				daemon off;
				master_process off;
				pid %1$s/nginx.pid;
				error_log %1$s/nginx-error.log;
				events { worker_connections 768; }
				http {
				  access_log %1$s/nginx-access.log;
				  client_body_temp_path %1$s/body;
				  proxy_temp_path %1$s/proxy;
				  fastcgi_temp_path %1$s/fastcgi;
				  uwsgi_temp_path %1$s/uwsgi;
				  scgi_temp_path %1$s/scgi;
				  keepalive_requests 1000000;
				  upstream service { server 127.0.0.1:%2$d; keepalive 64; keepalive_requests 1000000; }
				  server {
				    listen 127.0.0.1:%3$d;
				    location /v1/ {
				      proxy_pass http://service;
				      proxy_http_version 1.1;
				      proxy_set_header Connection "";
				    }
				  }
				}
				""".formatted(folder, service, port));
		return Optional.of(start(folder.resolve("nginx.log"),
				List.of(program.get().toString(), "-p", folder.toString(), "-c", configuration.toString()), port));
	}

	private static Child start(Path log, List<String> command, int port) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.directory(new File(".").getAbsoluteFile());
		Child child = new Child(builder.start(), port);
		child.await(log);
		return child;
	}

	private void await(Path log) throws IOException {
		long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
		while (System.nanoTime() < end && this.process.isAlive()) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				return;
			}
			catch (IOException ex) {
				LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
			}
		}
		throw new IOException("It did not start:\n" + Files.readString(log));
	}

	Duration cpu() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
