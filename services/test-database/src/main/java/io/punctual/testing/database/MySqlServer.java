package io.punctual.testing.database;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;

/**
 * MySQL in a container, as its image comes: what production runs is what is tested.
 */
final class MySqlServer extends TestServer {

	private static final String IMAGE = "mysql:8.4";

	/** As in {@code punctual-defaults.yaml}. */
	private static final String OPTIONS = "?connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
			+ "&useInformationSchema=false&rewriteBatchedStatements=true&readOnlyPropagatesToServer=false&cachePrepStmts=true"
			+ "&connectTimeout=3000&socketTimeout=20000&tcpKeepAlive=true";

	private final MySQLContainer container;

	private final String password = UUID.randomUUID().toString();

	@SuppressWarnings("resource")
	private MySqlServer(boolean durable) {
		this.container = new MySQLContainer(IMAGE).withUsername("root").withPassword(this.password);
		this.container.withCommand("--max-connections=400");
		if (!durable) {
			this.container.withTmpFs(Map.of("/var/lib/mysql", "rw"));
		}
		this.container.start();
	}

	static boolean isWanted(String choice) {
		return switch (choice) {
			case "embedded" -> false;
			case "mysql" -> true;
			case "auto" -> DockerClientFactory.instance().isDockerAvailable();
			default ->
				throw new IllegalArgumentException(CHOICE + " must be embedded, mysql or auto, not '" + choice + "'");
		};
	}

	static MySqlServer inMemory() {
		return new MySqlServer(false);
	}

	static MySqlServer onDisk() {
		return new MySqlServer(true);
	}

	@Override
	public TestSchema createSchema(String name) {
		String password = UUID.randomUUID().toString();
		execute(administrator("mysql"),
				List.of("CREATE DATABASE `" + name + "`", "CREATE USER '" + name + "' IDENTIFIED BY '" + password + "'",
						"GRANT ALL PRIVILEGES ON `" + name.replace("_", "\\_") + "`.* TO '" + name + "'"));
		return new TestSchema(name, url(name), name, password);
	}

	@Override
	public void dropSchema(String name) {
		execute(administrator("mysql"),
				List.of("DROP DATABASE IF EXISTS `" + name + "`", "DROP USER IF EXISTS '" + name + "'"));
	}

	@Override
	public TestSchema administrator(String schema) {
		return new TestSchema(schema, url(schema), "root", this.password);
	}

	private String url(String schema) {
		return "jdbc:mysql://" + this.container.getHost() + ":"
				+ this.container.getMappedPort(MySQLContainer.MYSQL_PORT) + "/" + schema + OPTIONS;
	}

	/** Stopped for good, a container would lose its port: it is frozen instead. */
	@Override
	public void interrupt() {
		this.container.getDockerClient().pauseContainerCmd(this.container.getContainerId()).exec();
	}

	@Override
	public void resume() {
		this.container.getDockerClient().unpauseContainerCmd(this.container.getContainerId()).exec();
	}

	@Override
	public void close() {
		this.container.stop();
	}

}
