package io.punctual.shared.secret;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the data keys are.
 *
 * @param keyFile a properties file with a line for each epoch,
 * {@code 1=<base64 of 32 bytes>}; the highest epoch seals
 */
@ConfigurationProperties("punctual.secrets")
record SecretsProperties(@DefaultValue(".punctual/secrets.key") Path keyFile) {
}
