package io.punctual.local.mail;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Ready means that mail is taken, not only that the page is there.
 */
@Component("smtp")
class SmtpHealthIndicator implements HealthIndicator {

	private final MailCatcher catcher;

	SmtpHealthIndicator(MailCatcher catcher) {
		this.catcher = catcher;
	}

	@Override
	public Health health() {
		return (this.catcher.isRunning() ? Health.up() : Health.down()).build();
	}

}
