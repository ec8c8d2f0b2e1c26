package io.punctual.aws.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;

import org.springframework.core.io.Resource;

/**
 * The authorities that the database's certificate must come from, as the driver wants
 * them: it reads a key store, while they are published as PEM.
 */
final class TrustedAuthorities {

	/** The store holds nothing secret; the driver wants a password all the same. */
	static final String PASSWORD = "public";

	static final String TYPE = "PKCS12";

	private TrustedAuthorities() {
	}

	/**
	 * Write a key store into the temporary folder, which alone is writable in a
	 * container.
	 * @param pem certificates, one after the other
	 * @return the file, which ends with the process
	 */
	static Path store(Resource pem) {
		try (InputStream certificates = pem.getInputStream()) {
			Collection<? extends Certificate> authorities = CertificateFactory.getInstance("X.509")
				.generateCertificates(certificates);
			if (authorities.isEmpty()) {
				throw new IllegalStateException("There is no certificate in " + pem.getDescription());
			}
			KeyStore store = KeyStore.getInstance(TYPE);
			store.load(null, null);
			int number = 0;
			for (Certificate authority : authorities) {
				store.setCertificateEntry("authority-" + number++, authority);
			}
			Path file = Files.createTempFile("database-authorities-", ".p12");
			file.toFile().deleteOnExit();
			try (OutputStream out = Files.newOutputStream(file)) {
				store.store(out, PASSWORD.toCharArray());
			}
			return file;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(
					"The database's authorities (punctual.database.ca-certificates) cannot be read from "
							+ pem.getDescription(),
					ex);
		}
	}

}
