package io.punctual.aws.secret;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.punctual.aws.AwsConfigurations;
import io.punctual.shared.secret.AesGcm;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.secret.SecretBoxException;
import io.punctual.testing.HttpStandIn;
import io.punctual.testing.HttpStandIn.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link KmsSecretBox} with a server that stands in for KMS and really encrypts.
 */
class KmsSecretBoxTests {

	private static final byte[] SECRET = "whsec".getBytes(StandardCharsets.UTF_8);

	private static final String KEY = "arn:aws:kms:eu-west-1:111122223333:key/secrets";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final byte[] master = random(32);

	private final HttpStandIn kms = new HttpStandIn(this::answer);

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-09-01T00:00:00Z"));

	@AfterEach
	void close() {
		this.kms.close();
	}

	@Test
	void whatOneProcessSealsAnotherOpensForWhatItBelongsToOnly() {
		String sealed = box().seal(SECRET, "end_1/sec_1");
		SecretBox other = box();
		assertThat(other.open(sealed, "end_1/sec_1")).isEqualTo(SECRET);
		assertThat(sealed).startsWith("v2.").hasSizeLessThan(500).doesNotContain("whsec");
		assertThatExceptionOfType(SecretBoxException.class).isThrownBy(() -> other.open(sealed, "end_2/sec_1"));
	}

	@Test
	void aDataKeyServesForADayAndIsUnwrappedOnce() {
		SecretBox clients = box();
		SecretBox delivery = box();
		String first = clients.seal(SECRET, "a");
		String second = clients.seal(SECRET, "b");
		this.now.updateAndGet((instant) -> instant.plus(Duration.ofHours(25)));
		String nextDay = clients.seal(SECRET, "c");
		assertThat(first.split("\\.")[1]).isEqualTo(second.split("\\.")[1]).isNotEqualTo(nextDay.split("\\.")[1]);
		for (int i = 0; i < 3; i++) {
			delivery.open(first, "a");
			delivery.open(second, "b");
			delivery.open(nextDay, "c");
		}
		assertThat(calls("GenerateDataKey")).isEqualTo(2);
		assertThat(calls("Decrypt")).isEqualTo(2);
	}

	@Test
	void aWrappedKeyOrASecretThatWasChangedDoesNotOpen() {
		SecretBox box = box();
		String[] parts = box.seal(SECRET, "a").split("\\.");
		String otherKey = "v2." + Base64.getUrlEncoder().withoutPadding().encodeToString(random(80)) + "." + parts[2];
		for (String wrong : new String[] { "", "v1.1.AAAA", "v2." + parts[1], otherKey, "v2.***." + parts[2],
				"v2." + parts[1] + "." + parts[2].substring(4) }) {
			assertThatExceptionOfType(SecretBoxException.class).as(wrong).isThrownBy(() -> box.open(wrong, "a"));
		}
	}

	@Test
	void theServiceStartsWhileKmsIsAwayAndSealsOnceItIsBack() {
		this.kms.answering((request) -> Answer.json(503, "{\"__type\":\"KMSInternalException\"}"));
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AwsConfigurations.with(KmsAutoConfiguration.class)))
			.withPropertyValues("punctual.secrets.kms-key-id=" + KEY, "punctual.aws.region=eu-west-1",
					"punctual.aws.timeout=1s", "punctual.aws.endpoint=" + this.kms.url())
			.withSystemProperties("aws.accessKeyId=test", "aws.secretAccessKey=test")
			.run((context) -> {
				SecretBox box = context.getBean(SecretBox.class);
				assertThatExceptionOfType(SecretBoxException.class).isThrownBy(() -> box.seal(SECRET, "a"));
				this.kms.answering(this::answer);
				assertThat(box.open(box.seal(SECRET, "a"), "a")).isEqualTo(SECRET);
			});
	}

	@Test
	void theFormerKeySealsFurtherWhileKmsIsAway() {
		SecretBox box = box();
		String before = box.seal(SECRET, "a");
		this.now.updateAndGet((instant) -> instant.plus(Duration.ofDays(3)));
		this.kms.answering((request) -> Answer.json(400, "{\"__type\":\"KMSInvalidStateException\"}"));
		assertThat(box.seal(SECRET, "b").split("\\.")[1]).isEqualTo(before.split("\\.")[1]);
	}

	private SecretBox box() {
		KmsClient client = KmsClient.builder()
			.region(Region.EU_WEST_1)
			.endpointOverride(this.kms.url())
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
			.build();
		Clock clock = new Clock() {

			@Override
			public Instant instant() {
				return KmsSecretBoxTests.this.now.get();
			}

			@Override
			public ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

		};
		return new KmsSecretBox(new KmsDataKeys(client, KEY, clock));
	}

	/** Binds what it wraps to the context, and is as long as the real one's. */
	private Answer answer(HttpStandIn.Request request) {
		JsonNode body = JSON.readTree(request.body());
		String context = body.path("EncryptionContext").toString();
		assertThat(body.path("KeyId").asString()).isEqualTo(KEY);
		String target = Objects.requireNonNull(request.header("X-Amz-Target"));
		if (target.endsWith("GenerateDataKey")) {
			byte[] key = random(body.get("NumberOfBytes").asInt());
			byte[] wrapped = new byte[184];
			byte[] text = AesGcm.seal(this.master, key, context).getBytes(StandardCharsets.US_ASCII);
			System.arraycopy(text, 0, wrapped, 0, text.length);
			return Answer.json(200, "{\"CiphertextBlob\":\"" + base64(wrapped) + "\",\"Plaintext\":\"" + base64(key)
					+ "\",\"KeyId\":\"" + KEY + "\"}");
		}
		try {
			String wrapped = new String(Base64.getDecoder().decode(body.get("CiphertextBlob").asString()),
					StandardCharsets.US_ASCII)
				.replace("\0", "");
			return Answer.json(200, "{\"Plaintext\":\"" + base64(AesGcm.open(this.master, wrapped, context)) + "\"}");
		}
		catch (SecretBoxException ex) {
			return Answer.json(400, "{\"__type\":\"InvalidCiphertextException\"}");
		}
	}

	private long calls(String operation) {
		return this.kms.requests()
			.stream()
			.filter((request) -> String.valueOf(request.header("X-Amz-Target")).endsWith(operation))
			.count();
	}

	private static String base64(byte[] bytes) {
		return Base64.getEncoder().encodeToString(bytes);
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new SecureRandom().nextBytes(bytes);
		return bytes;
	}

}
