package io.punctual.shared.audit;

/**
 * What the present request can say of its entry in the audit.
 */
public final class Audit {

	private Audit() {
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

}
