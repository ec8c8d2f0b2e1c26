package io.punctual.aws.database;

import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.punctual.aws.AwsClients;
import io.punctual.aws.AwsConfigurations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests of the token of IAM and of the connections that show it.
 */
class IamAuthenticationTests {

	private static final String HOST = "punctual.cluster-abc.eu-west-1.rds.amazonaws.com";

	private static final AwsSessionCredentials ROLE = AwsSessionCredentials.create("AKIDEXAMPLE",
			"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "a+session/token==");

	@TempDir
	Path folder;

	@Test
	void theTokenIsWhatTheSdksOwnUtilityMakes() {
		AwsClients aws = mock(AwsClients.class);
		given(aws.region()).willReturn(Region.EU_WEST_1);
		given(aws.credentials()).willReturn(StaticCredentialsProvider.create(ROLE));
		for (int i = 0; i < 20; i++) {
			String theirs = RdsUtilities.builder()
				.region(Region.EU_WEST_1)
				.credentialsProvider(StaticCredentialsProvider.create(ROLE))
				.build()
				.generateAuthenticationToken((request) -> request.hostname(HOST).port(3306).username("delivery"));
			Clock then = Clock.fixed(Instant.from(DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
				.withZone(ZoneOffset.UTC)
				.parse(parameter(theirs, "X-Amz-Date"))), ZoneOffset.UTC);
			String ours = new RdsTokens(aws, HOST, 3306, "delivery", then).token();
			assertThat(parameters(ours)).containsExactlyInAnyOrderElementsOf(parameters(theirs));
			assertThat(ours).startsWith(HOST + ":3306/?").contains("X-Amz-Expires=900");
		}
	}

	@Test
	void everyConnectionShowsATokenOfItsOwnOverTlsToTheDatabaseOnly() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations
				.of(AwsConfigurations.with(DataSourceAutoConfiguration.class, DatabaseAutoConfiguration.class)))
			.withPropertyValues("punctual.database.authentication=iam", "punctual.aws.region=eu-west-1",
					"spring.datasource.url=jdbc:mysql://" + HOST + ":3306/delivery?connectionTimeZone=UTC",
					"spring.datasource.username=delivery")
			.withSystemProperties("aws.accessKeyId=test", "aws.secretAccessKey=test")
			.run((context) -> {
				HikariDataSource pool = context.getBean(HikariDataSource.class);
				Credentials shown = pool.getCredentialsProvider().getCredentials();
				assertThat(shown.getUsername()).isEqualTo("delivery");
				assertThat(shown.getPassword()).startsWith(HOST + ":3306/?").contains("DBUser=delivery");
				assertThat(pool.getDataSourceProperties()).containsEntry("sslMode", "VERIFY_IDENTITY")
					.containsEntry("fallbackToSystemTrustStore", "false");
				Path store = Path
					.of(URI.create(pool.getDataSourceProperties().getProperty("trustCertificateKeyStoreUrl")));
				assertThat(certificates(store)).hasSize(3);
			});
	}

	@Test
	void withoutItAPasswordIsShownAsEverywhereElse() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations
				.of(AwsConfigurations.with(DataSourceAutoConfiguration.class, DatabaseAutoConfiguration.class)))
			.withPropertyValues("spring.datasource.url=jdbc:mysql://localhost/delivery",
					"spring.datasource.username=delivery", "spring.datasource.password=secret")
			.run((context) -> assertThat(context.getBean(HikariDataSource.class).getCredentialsProvider()).isNull());
	}

	@Test
	void theAuthoritiesAreThoseOfRdsThemselvesAndLastLong() throws Exception {
		List<X509Certificate> authorities = certificates(
				TrustedAuthorities.store(new ClassPathResource(IamConnections.RDS_AUTHORITIES)));
		assertThat(authorities).hasSize(3).allSatisfy((authority) -> {
			assertThat(authority.getSubjectX500Principal().getName()).contains("Amazon RDS eu-west-1 Root CA");
			assertThat(authority.getIssuerX500Principal()).isEqualTo(authority.getSubjectX500Principal());
			authority.verify(authority.getPublicKey());
			assertThat(authority.getBasicConstraints()).isNotNegative();
			assertThat(authority.getNotAfter().toInstant()).isAfter(Instant.now().plus(Duration.ofDays(5 * 365)));
		});
	}

	@Test
	void aFileWithoutACertificateIsNamed() throws Exception {
		Path empty = Files.writeString(this.folder.resolve("empty.pem"), "");
		assertThatIllegalStateException().isThrownBy(() -> TrustedAuthorities.store(new FileSystemResource(empty)))
			.withMessageContaining("empty.pem");
		assertThatIllegalStateException()
			.isThrownBy(
					() -> TrustedAuthorities.store(new ByteArrayResource("no PEM".getBytes(StandardCharsets.UTF_8))))
			.withMessageContaining("punctual.database.ca-certificates");
	}

	private static List<X509Certificate> certificates(Path store) throws Exception {
		KeyStore keys = KeyStore.getInstance(TrustedAuthorities.TYPE);
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, TrustedAuthorities.PASSWORD.toCharArray());
		}
		List<X509Certificate> certificates = new ArrayList<>();
		for (String alias : Collections.list(keys.aliases())) {
			certificates.add((X509Certificate) keys.getCertificate(alias));
		}
		return certificates;
	}

	private static List<String> parameters(String token) {
		return List.of(token.substring(token.indexOf('?') + 1).split("&"));
	}

	private static String parameter(String token, String name) {
		return parameters(token).stream()
			.filter((parameter) -> parameter.startsWith(name + "="))
			.map((parameter) -> URLDecoder.decode(parameter.substring(name.length() + 1), StandardCharsets.UTF_8))
			.findFirst()
			.orElseThrow();
	}

}
