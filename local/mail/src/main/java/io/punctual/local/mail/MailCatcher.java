package io.punctual.local.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes every mail for anybody by SMTP and keeps the newest ones in memory.
 */
@Component
class MailCatcher implements SmartLifecycle {

	/** However many they are. */
	private static final int KEPT_CHARACTERS = 8_000_000;

	private final MailProperties properties;

	private final Clock clock = Clock.systemUTC();

	private final Deque<CaughtMail> mails = new ArrayDeque<>();

	private final GreenMail server;

	private long taken;

	private long characters;

	MailCatcher(MailProperties properties) {
		this.properties = properties;
		ServerSetup smtp = new ServerSetup(properties.smtpPort(), properties.smtpAddress(), ServerSetup.PROTOCOL_SMTP);
		this.server = new GreenMail(smtp)
			.withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
	}

	@Override
	public void start() {
		GreenMailUser anybody = this.server.setUser("anybody", "anybody");
		this.server.getUserManager().setMessageDeliveryHandler((mail, recipient) -> {
			keep(mail.getMessage());
			return anybody;
		});
		this.server.start();
	}

	@Override
	public void stop() {
		this.server.stop();
	}

	@Override
	public boolean isRunning() {
		return this.server.isRunning();
	}

	int port() {
		return this.server.getSmtp().getPort();
	}

	/**
	 * The mails to a recipient, the newest first.
	 * @param recipient an address; empty for all mails
	 */
	synchronized List<CaughtMail> mails(Optional<String> recipient) {
		return this.mails.stream()
			.filter((mail) -> recipient.isEmpty()
					|| mail.to().stream().anyMatch((to) -> to.contains(recipient.orElseThrow())))
			.toList();
	}

	synchronized void forget() {
		this.mails.clear();
		this.characters = 0;
	}

	/**
	 * The library keeps everything for ever: its mails are kept here, where the oldest
	 * make room, and it forgets those before.
	 */
	private synchronized void keep(MimeMessage message) {
		CaughtMail mail = read(message, this.taken++);
		this.mails.addFirst(mail);
		this.characters += mail.raw().length();
		while (this.mails.size() > this.properties.kept()
				|| (this.characters > KEPT_CHARACTERS && this.mails.size() > 1)) {
			this.characters -= this.mails.removeLast().raw().length();
		}
		try {
			this.server.purgeEmailFromAllMailboxes();
		}
		catch (FolderException ex) {
			throw new IllegalStateException("A mail cannot be forgotten", ex);
		}
	}

	private CaughtMail read(MimeMessage message, long id) {
		try {
			ByteArrayOutputStream raw = new ByteArrayOutputStream();
			message.writeTo(raw);
			return new CaughtMail(id, this.clock.instant(), text(message.getFrom()).findFirst().orElse(""),
					text(message.getAllRecipients()).toList(), Objects.requireNonNullElse(message.getSubject(), ""),
					raw.toString(StandardCharsets.UTF_8));
		}
		catch (MessagingException ex) {
			throw new IllegalStateException("A mail cannot be read", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<String> text(Address[] addresses) {
		return (addresses != null) ? Arrays.stream(addresses).map(Address::toString) : Stream.empty();
	}

}
