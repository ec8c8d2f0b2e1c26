package io.punctual.local.launcher;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The secrets of the containers: for each, a folder of files that are named as the
 * properties they hold. The containers' users can read them; on this host nobody but the
 * owner of the folder around them can.
 */
public final class ComposeSecrets {

	private static final List<String> SERVICES = Parts.SERVICES;

	private final Path folder;

	private final Secrets values;

	private final Path keys;

	private ComposeSecrets(Path root) {
		this.folder = root.resolve(".punctual").resolve("compose");
		StateFolder state = new StateFolder(this.folder);
		this.values = Secrets.readOrMake(state);
		this.keys = state.secretKeys();
	}

	/**
	 * Makes what is missing; part of the images' build.
	 * @param args the repository's root
	 */
	public static void main(String... args) {
		readOrMake(Path.of(args[0]));
	}

	/**
	 * Makes what is missing, and keeps what is there.
	 * @param root the repository's root
	 */
	public static ComposeSecrets readOrMake(Path root) {
		ComposeSecrets secrets = new ComposeSecrets(root);
		try {
			secrets.write();
			return secrets;
		}
		catch (IOException ex) {
			throw new LauncherException("The secrets in " + secrets.folder + " cannot be kept: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Returns the secret of the OAuth client through which a provider calls the API.
	 */
	public String provider() {
		return this.values.provider();
	}

	Path folder() {
		return this.folder;
	}

	private void write() throws IOException {
		write("mysql", "root", this.values.get("database.root"));
		List<String> schemas = new ArrayList<>(SERVICES);
		schemas.add("identity");
		for (String schema : schemas) {
			String password = this.values.get("database." + schema);
			write("mysql", schema, password);
			write(schema, "spring.datasource.password", password);
		}
		for (String service : SERVICES) {
			String secret = this.values.get("client." + service);
			write(service, "punctual.identity.client-secret", secret);
			write(service, "secrets.key", Files.readString(this.keys));
			write("identity", "punctual.identity.bootstrap." + service + ".client-secret", secret);
		}
		String admin = this.values.get("identity.admin");
		write("clients", "punctual.credentials.admin-token", admin);
		write("edge", "punctual.edge.api-keys-token", admin);
		write("identity", "punctual.identity.admin.token", admin);
		write("identity", "punctual.identity.staff.password", this.values.get("identity.staff"));
		write("identity", "punctual.identity.bootstrap.provider.client-secret", this.values.provider());
	}

	private void write(String part, String property, String value) throws IOException {
		Path own = Files.createDirectories(this.folder.resolve(part));
		Path file = own.resolve(property);
		if (!Files.exists(file) || !Files.readString(file).equals(value)) {
			Files.writeString(file, value);
		}
		permit(own, "rwxr-xr-x");
		permit(file, "rw-r--r--");
	}

	private static void permit(Path path, String permissions) throws IOException {
		if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
			Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
		}
	}

}
