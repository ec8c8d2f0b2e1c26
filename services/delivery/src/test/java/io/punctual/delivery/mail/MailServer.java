package io.punctual.delivery.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * A mail server that keeps what it is sent, behind a gate that may refuse recipients as
 * mail servers do.
 */
public final class MailServer implements AutoCloseable {

	private final GreenMail greenMail = new GreenMail(
			ServerSetup.SMTP.dynamicPort().setVerbose(false).createCopy("127.0.0.1"));

	private final ServerSocket gate;

	private volatile int recipientReply = 250;

	private volatile boolean away;

	public MailServer() {
		this.greenMail.start();
		try {
			this.gate = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread.startVirtualThread(this::accept);
	}

	public void register(DynamicPropertyRegistry registry) {
		registry.add("spring.mail.host", () -> "127.0.0.1");
		registry.add("spring.mail.port", this.gate::getLocalPort);
	}

	/** From now on recipients are answered so. */
	public void answeringRecipients(int reply) {
		this.recipientReply = reply;
	}

	/** From now on connections are closed at once. */
	public void away(boolean away) {
		this.away = away;
	}

	public MimeMessage[] mailsTo(String address) {
		return Arrays.stream(this.greenMail.getReceivedMessages()).filter((mail) -> {
			try {
				return mail.getAllRecipients()[0].toString().equals(address);
			}
			catch (MessagingException ex) {
				throw new IllegalStateException(ex);
			}
		}).toArray(MimeMessage[]::new);
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.gate.accept();
				Thread.startVirtualThread(() -> pass(socket));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	/** Passes lines on, and answers for the server where it is to refuse. */
	private void pass(Socket socket) {
		try (socket; Socket server = new Socket("127.0.0.1", this.greenMail.getSmtp().getPort())) {
			if (this.away) {
				return;
			}
			OutputStream answers = socket.getOutputStream();
			Thread.startVirtualThread(() -> {
				try {
					server.getInputStream().transferTo(answers);
				}
				catch (IOException ex) {
					// Either end is closed.
				}
			});
			BufferedReader lines = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith("RCPT ") && this.recipientReply != 250) {
					answers.write(
							(this.recipientReply + " no <secret@bank.example>\r\n").getBytes(StandardCharsets.UTF_8));
				}
				else {
					server.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
				}
			}
		}
		catch (IOException ex) {
			// Either end is closed.
		}
	}

	@Override
	public void close() {
		try {
			this.gate.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.greenMail.stop();
	}

}
