package io.punctual.shared.calendar;

/**
 * A calendar, or a target in it, that cannot be kept; it names the field.
 */
public final class InvalidCalendarException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String field;

	private final String detail;

	InvalidCalendarException(String field, String detail) {
		super(field + ": " + detail);
		this.field = field;
		this.detail = detail;
	}

	/**
	 * Which field is wrong.
	 * @return a JSON pointer into the definition, such as {@code /weekly/MON/0}, or
	 * {@code target}
	 */
	public String field() {
		return this.field;
	}

	/**
	 * What is wrong with it.
	 * @return a phrase for people
	 */
	public String detail() {
		return this.detail;
	}

}
