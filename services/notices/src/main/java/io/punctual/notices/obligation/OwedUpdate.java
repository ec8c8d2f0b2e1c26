package io.punctual.notices.obligation;

import java.util.List;

/**
 * Obligations whose rows are written and whose instants are still to be stated.
 */
public final class OwedUpdate {

	private final Publication publication;

	private final List<OwedGroup> groups;

	OwedUpdate(Publication publication, List<OwedGroup> groups) {
		this.publication = publication;
		this.groups = groups;
	}

	Publication publication() {
		return this.publication;
	}

	List<OwedGroup> groups() {
		return this.groups;
	}

	/**
	 * How many are owed the update.
	 * @return the number of clients
	 */
	public int size() {
		return this.groups.stream().mapToInt((group) -> group.owed().size()).sum();
	}

}
