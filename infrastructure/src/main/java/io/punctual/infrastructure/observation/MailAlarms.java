package io.punctual.infrastructure.observation;

import io.punctual.infrastructure.alarm.Alarms;
import io.punctual.infrastructure.alarm.Alarms.When;
import io.punctual.infrastructure.alarm.Urgency;
import io.punctual.infrastructure.domain.Mail;

/**
 * Alarms on mail: on what SES closes an account for, and on news of mails that nobody
 * reads.
 */
final class MailAlarms {

	/**
	 * SES puts an account under review at 5 %, its guide says, and may stop it at 10 %.
	 */
	private static final double BOUNCES = 0.05;

	/**
	 * Under review at 0.1 %, and perhaps stopped at 0.5 %.
	 */
	private static final double COMPLAINTS = 0.001;

	private final AwsMetrics aws;

	private final Alarms alarms;

	MailAlarms(AwsMetrics aws, Alarms alarms) {
		this.aws = aws;
		this.alarms = alarms;
	}

	void alarm() {
		this.alarms.ring("mail-bounces", Urgency.TICKET,
				"More than 5 % of mails bounce, for which SES reviews an account",
				this.aws.mail("Reputation.BounceRate"), When.above(BOUNCES, 1));
		this.alarms.ring("mail-complaints", Urgency.TICKET,
				"More than 0.1 % of mails are called unwanted, for which SES reviews an account",
				this.aws.mail("Reputation.ComplaintRate"), When.above(COMPLAINTS, 1));
		this.alarms.ring("mail-events-late", Urgency.PAGE,
				"What became of mails waits for more than five minutes: promises that ask for it are missed",
				this.aws.queue(Mail.EVENTS, "ApproximateAgeOfOldestMessage"), When.above(300, 3));
		this.alarms.ring("mail-events-refused", Urgency.TICKET,
				"What SES said of a mail could not be applied ten times and is set aside",
				this.aws.queue(Mail.REFUSED, "ApproximateNumberOfMessagesVisible"), When.above(0, 1));
	}

}
