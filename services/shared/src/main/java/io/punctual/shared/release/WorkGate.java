package io.punctual.shared.release;

/**
 * Says whether this instance may do background work: what nobody waits for over HTTP.
 * Work on a thread of its own is a {@link GatedWork}; a scheduled method asks here first.
 */
public interface WorkGate {

	/** A gate without doors. */
	WorkGate OPEN = new WorkGate() {

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public boolean isTrusted() {
			return true;
		}

	};

	/**
	 * Return whether background work may be begun now: the schema is there, and this
	 * release is the active one.
	 */
	boolean isOpen();

	/**
	 * Return whether this release's code has been let through before, though it may begin
	 * nothing by itself any more: what a request needs, such as news of another service,
	 * it may still do.
	 */
	boolean isTrusted();

}
