package io.punctual.shared.problem;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal that the caller is meant to read: everything in it goes into the answer.
 */
public class ProblemException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final ProblemType type;

	private final String detail;

	private final transient List<FieldError> errors = new ArrayList<>();

	private final transient Map<String, Object> members = new LinkedHashMap<>();

	protected ProblemException(ProblemType type, String detail) {
		// No stack trace: a refusal is an answer, not a fault.
		super(type.slug() + ": " + detail, null, false, false);
		this.type = type;
		this.detail = detail;
	}

	public static ProblemException of(ProblemType type, String detail) {
		return new ProblemException(type, detail);
	}

	/**
	 * There is no such thing, or it is another client's: the two are not told apart.
	 * @param id the identifier that was asked for
	 * @return a 404
	 */
	public static ProblemException notFound(String id) {
		return of(ProblemType.NOT_FOUND, "There is no " + id + ".");
	}

	/**
	 * One field is wrong.
	 * @param pointer a JSON pointer into the body, or the name of a parameter
	 * @param detail what is wrong
	 * @return a 422, to which further fields may be added
	 */
	public static ProblemException invalid(String pointer, String detail) {
		return of(ProblemType.VALIDATION, "A field is wrong.").field(pointer, detail);
	}

	public ProblemException field(String pointer, String detail) {
		this.errors.add(new FieldError(pointer, detail));
		return this;
	}

	/**
	 * Adds an extension member to the document.
	 * @param name its name, such as {@code allowed}
	 * @param value anything that JSON can say
	 * @return this
	 */
	public ProblemException with(String name, Object value) {
		this.members.put(name, value);
		return this;
	}

	public ProblemType type() {
		return this.type;
	}

	public String detail() {
		return this.detail;
	}

	public List<FieldError> errors() {
		return List.copyOf(this.errors);
	}

	public Map<String, Object> members() {
		return Collections.unmodifiableMap(this.members);
	}

}
