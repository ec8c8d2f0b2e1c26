package io.punctual.delivery.mail;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.World;
import io.punctual.shared.contract.AgreementTerms.Channel;
import io.punctual.shared.contract.AgreementTerms.Channels;
import io.punctual.shared.contract.AgreementTerms.Rule;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import jakarta.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tests of mail share: a mail server, and a world whose people it reaches.
 */
@PunctualTest(
		properties = { "punctual.targets.allow-loopback=true", "punctual.secrets.key-file=target/test-secrets.key" })
abstract class MailTest {

	static {
		World.writeKeyFile();
	}

	private static final Pattern LINK = Pattern.compile("/v1/acknowledgements/[A-Za-z0-9_.-]+");

	protected static final Duration PATIENCE = Duration.ofSeconds(60);

	protected static final Channels MAIL = new Channels(List.of(Channel.MAIL), Rule.ANY);

	protected static final MailServer server = new MailServer();

	@Autowired
	protected Api api;

	@Autowired
	protected JsonMapper json;

	@Autowired
	protected JdbcClient jdbc;

	protected World world;

	@DynamicPropertySource
	static void mail(DynamicPropertyRegistry registry) {
		server.register(registry);
	}

	@BeforeEach
	void meet(@Autowired List<EventSubscriber> subscribers, @Autowired Transactions transactions,
			@Autowired SecretBox box, @Autowired DeliveryClock clock) {
		this.world = new World(subscribers, transactions, box, this.json, this.jdbc, clock);
	}

	@AfterEach
	void answerAgain() {
		server.answeringRecipients(250);
		server.away(false);
	}

	/** A delivery to a contact or an endpoint becomes this. */
	protected void await(String obligation, String contact, String state) {
		Awaitility.await().atMost(PATIENCE).until(() -> state.equals(this.world.stateOf(obligation, contact)));
	}

	protected static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(PATIENCE).until(condition);
	}

	protected long attempts(String obligation) {
		return this.world.count("""
				SELECT COUNT(*) FROM attempt a JOIN delivery d ON d.delivery_id = a.delivery_id
				WHERE d.obligation_id = ?""", obligation);
	}

	/** The one mail to an address. */
	protected static MimeMessage only(String address) {
		assertThat(server.mailsTo(address)).hasSize(1);
		return server.mailsTo(address)[0];
	}

	protected static String link(MimeMessage mail) throws Exception {
		Matcher matcher = LINK.matcher(GreenMailUtil.getBody(mail).replace("=\r\n", "").replace("=3D", "="));
		assertThat(matcher.find()).isTrue();
		return matcher.group();
	}

}
