package io.punctual.aws.database;

import java.time.Clock;
import java.time.Duration;

import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;
import io.punctual.aws.AwsClients;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/**
 * Makes the token that RDS takes instead of a password: a signed request to connect, good
 * for fifteen minutes. It is signed here, without a call, so each connection gets its
 * own. The SDK's own utility would make the same of a module of several megabytes.
 */
final class RdsTokens implements HikariCredentialsProvider {

	/** The longest that RDS allows; an open connection outlives its token. */
	private static final Duration LIFE = Duration.ofMinutes(15);

	private static final String SCHEME = "https://";

	private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

	private final AwsClients aws;

	private final String host;

	private final int port;

	private final String user;

	private final Clock clock;

	RdsTokens(AwsClients aws, String host, int port, String user, Clock clock) {
		this.aws = aws;
		this.host = host;
		this.port = port;
		this.user = user;
		this.clock = clock;
	}

	@Override
	public Credentials getCredentials() {
		return new Credentials(this.user, token());
	}

	String token() {
		SdkHttpRequest connect = SdkHttpRequest.builder()
			.method(SdkHttpMethod.GET)
			.protocol("https")
			.host(this.host)
			.port(this.port)
			.encodedPath("/")
			.putRawQueryParameter("DBUser", this.user)
			.putRawQueryParameter("Action", "connect")
			.build();
		return this.signer
			.sign((sign) -> sign.identity(this.aws.credentials().resolveCredentials())
				.request(connect)
				.putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "rds-db")
				.putProperty(AwsV4HttpSigner.REGION_NAME, this.aws.region().id())
				.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
				.putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, LIFE)
				.putProperty(HttpSigner.SIGNING_CLOCK, this.clock))
			.request()
			.getUri()
			.toString()
			.substring(SCHEME.length());
	}

}
