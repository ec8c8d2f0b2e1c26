package io.punctual.shared.audit;

import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

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
		TransactionSynchronizationManager.registerSynchronization(new Named(id, Act.present()));
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

	/**
	 * Carries the present request's act to another thread, which does its work.
	 * @return makes work be done as if by this request
	 */
	public static UnaryOperator<Runnable> carry() {
		Act act = Act.present();
		if (act != null) {
			act.identify();
		}
		return (work) -> () -> {
			Act former = Act.present();
			Act.carry(act);
			try {
				work.run();
			}
			finally {
				Act.carry(former);
			}
		};
	}

	/** What the present transaction was said to be about, besides its events. */
	static List<String> named() {
		Act present = Act.present();
		return TransactionSynchronizationManager.getSynchronizations()
			.stream()
			.filter(Named.class::isInstance)
			.map(Named.class::cast)
			.filter((named) -> named.act() == present)
			.map(Named::id)
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
	private record Named(String id, @Nullable Act act) implements TransactionSynchronization {
	}

}
