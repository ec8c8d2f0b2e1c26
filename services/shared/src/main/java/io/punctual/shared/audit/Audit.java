package io.punctual.shared.audit;

import java.util.List;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What the present request can say of its entry in the audit.
 */
public final class Audit {

	private Audit() {
	}

	/**
	 * The present transaction is about this, too: for what neither the path nor an event
	 * names, such as an agreement that is new.
	 * @param id its id
	 */
	public static void about(String id) {
		TransactionSynchronizationManager.registerSynchronization(new Named(id));
	}

	/**
	 * The present request is a person's who showed no token, such as somebody who follows
	 * a link that was sent.
	 * @param personId who it is
	 * @param clientId whose person it is
	 */
	public static void by(String personId, String clientId) {
		Act act = Act.present();
		if (act != null) {
			act.by(personId, clientId);
		}
	}

	/** What the present transaction was said to be about, besides its events. */
	static List<String> named() {
		return TransactionSynchronizationManager.getSynchronizations()
			.stream()
			.filter(Named.class::isInstance)
			.map((named) -> ((Named) named).id())
			.toList();
	}

	/**
	 * Nothing is done that was not done and recorded before: an answer is repeated.
	 */
	public static void repeated() {
		Act act = Act.present();
		if (act != null) {
			act.settle();
		}
	}

	/**
	 * Ends with its transaction, whether it is committed or tried again.
	 */
	private record Named(String id) implements TransactionSynchronization {
	}

}
