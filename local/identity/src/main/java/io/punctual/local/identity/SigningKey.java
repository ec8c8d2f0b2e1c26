package io.punctual.local.identity;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/**
 * The key that signs tokens, kept in a file that only its owner can read.
 */
final class SigningKey {

	private SigningKey() {
	}

	static RSAKey readOrMake(Path file) {
		try {
			if (!Files.exists(file)) {
				write(make(), file.toAbsolutePath());
			}
			return RSAKey.parse(Files.readString(file));
		}
		catch (IOException | ParseException ex) {
			throw new IllegalStateException("The signing key " + file + " cannot be read: " + ex.getMessage(), ex);
		}
	}

	private static void write(RSAKey key, Path file) throws IOException {
		Path folder = file.getParent();
		Files.createDirectories(folder);
		Path partial = Files.createTempFile(folder, "key", ".partial", ownerOnly());
		Files.writeString(partial, key.toJSONString());
		Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
	}

	private static RSAKey make() {
		try {
			return new RSAKeyGenerator(2048).keyUse(KeyUse.SIGNATURE)
				.algorithm(JWSAlgorithm.RS256)
				.keyIDFromThumbprint(true)
				.generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("No signing key could be made", ex);
		}
	}

	private static FileAttribute<?>[] ownerOnly() {
		if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
			return new FileAttribute<?>[0];
		}
		return new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) };
	}

}
