package io.punctual.delivery.ses;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.punctual.delivery.dispatch.MailReports;
import io.punctual.delivery.mail.MailReport;
import io.punctual.shared.release.GatedWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Reads what SES says of mails from its queue. What is applied is deleted; what cannot be
 * comes again, and goes aside to the dead-letter queue after its tenth time.
 */
class MailEventReader implements GatedWork {

	/** The longest that SQS lets a reader wait. */
	static final Duration WAIT = Duration.ofSeconds(20);

	private static final int MOST = 10;

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final Duration GRACE = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(MailEventReader.class);

	private final SqsClient sqs;

	private final String queue;

	private final SesEvents events;

	private final MailReports reports;

	private volatile @Nullable Thread worker;

	private volatile boolean applying;

	MailEventReader(SqsClient sqs, String queue, SesEvents events, MailReports reports) {
		this.sqs = sqs;
		this.queue = queue;
		this.events = events;
		this.reports = reports;
	}

	@Override
	public void startWork() {
		Thread thread = Thread.ofVirtual().name("mail-events").unstarted(this::work);
		this.worker = thread;
		thread.start();
	}

	/** What is being applied is finished; what SQS hands out besides comes again. */
	@Override
	public void stopWork() {
		this.worker = null;
		Instant end = Instant.now().plus(GRACE);
		while (this.applying && Instant.now().isBefore(end)) {
			pause(Duration.ofMillis(20));
		}
	}

	private void work() {
		while (this.worker == Thread.currentThread()) {
			try {
				List<Message> messages = this.sqs
					.receiveMessage((receive) -> receive.queueUrl(this.queue)
						.maxNumberOfMessages(MOST)
						.waitTimeSeconds((int) WAIT.toSeconds()))
					.messages();
				if (!messages.isEmpty()) {
					this.applying = true;
					delete(apply(messages));
				}
			}
			catch (RuntimeException ex) {
				logger.warn("What became of mails cannot be read now: {}", ex.toString());
				pause(PAUSE);
			}
			finally {
				this.applying = false;
			}
		}
	}

	private Queue<Message> apply(List<Message> messages) {
		Queue<Message> done = new ConcurrentLinkedQueue<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			messages.forEach((message) -> threads.execute(() -> {
				if (isDone(message)) {
					done.add(message);
				}
			}));
		}
		return done;
	}

	private boolean isDone(Message message) {
		try {
			Optional<MailReport> report = this.events.read(message.body());
			return report.isEmpty() || this.reports.apply(report.get());
		}
		catch (RuntimeException ex) {
			// Not its body, which has addresses.
			logger.warn("The message {} of the mail service cannot be applied: {}", message.messageId(),
					ex.getClass().getName());
			return false;
		}
	}

	private void delete(Queue<Message> done) {
		if (!done.isEmpty()) {
			this.sqs.deleteMessageBatch((delete) -> delete.queueUrl(this.queue)
				.entries(done.stream()
					.map((message) -> DeleteMessageBatchRequestEntry.builder()
						.id(message.messageId())
						.receiptHandle(message.receiptHandle())
						.build())
					.toList()));
		}
	}

	private static void pause(Duration duration) {
		try {
			Thread.sleep(duration);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
