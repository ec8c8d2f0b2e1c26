package io.punctual.local.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements that the server runs at every start, before anybody can connect: they
 * make each schema and its user, and remove the guest that the installation leaves.
 */
final class InitFile {

	private InitFile() {
	}

	static void write(Path file, SchemaAccount admin, List<SchemaAccount> accounts) throws IOException {
		List<String> statements = new ArrayList<>();
		statements.add("DELETE FROM mysql.global_priv WHERE User = ''");
		statements.add("DROP DATABASE IF EXISTS test");
		statements.add("FLUSH PRIVILEGES");
		String user = "'" + admin.user() + "'@'127.0.0.1'";
		statements.add("CREATE OR REPLACE USER " + user + " IDENTIFIED BY '" + admin.password() + "'");
		statements.add("GRANT ALL PRIVILEGES ON *.* TO " + user + " WITH GRANT OPTION");
		for (SchemaAccount account : accounts) {
			statements.addAll(statementsFor(account));
		}
		Files.deleteIfExists(file);
		OwnerOnly.create(file);
		// One statement a line: the server reads the file so.
		Files.writeString(file, String.join(";\n", statements) + ";\n");
	}

	static List<String> statementsFor(SchemaAccount account) {
		String user = "'" + account.user() + "'@'127.0.0.1'";
		return List.of("CREATE DATABASE IF NOT EXISTS `" + account.schema() + "` CHARACTER SET utf8mb4",
				"CREATE OR REPLACE USER " + user + " IDENTIFIED BY '" + account.password().replace("'", "''") + "'",
				"GRANT ALL PRIVILEGES ON `" + account.schema().replace("_", "\\_") + "`.* TO " + user);
	}

}
