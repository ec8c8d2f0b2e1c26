package io.punctual.local.database;

import java.util.List;

/**
 * Says, in words for the person at the terminal, why the database cannot be used.
 */
public class DatabaseException extends RuntimeException {

	DatabaseException(String message) {
		super(message);
	}

	DatabaseException(String message, Throwable cause) {
		super(message, cause);
	}

	static DatabaseException portInUse(int port) {
		return new DatabaseException("Port " + port + " on 127.0.0.1, which the database needs, is in use by another"
				+ " program. Stop that program, or choose another port.");
	}

	static DatabaseException missesLibraries(List<String> libraries) {
		return new DatabaseException("The database's server needs " + String.join(", ", libraries)
				+ ", which this system lacks. Where it is libcrypt.so.1: 'dnf install libxcrypt-compat' on Fedora and"
				+ " Amazon Linux, 'pacman -S libxcrypt-compat' on Arch. Or run Punctual in containers.");
	}

	static DatabaseException didNotStart(String why, String lastLines) {
		return new DatabaseException("The database did not start: " + why + ". Its last lines:\n" + lastLines);
	}

}
