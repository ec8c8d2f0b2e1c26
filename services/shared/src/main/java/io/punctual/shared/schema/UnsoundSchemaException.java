package io.punctual.shared.schema;

/**
 * Says that rows are not as they were written.
 */
public class UnsoundSchemaException extends RuntimeException {

	public UnsoundSchemaException(String fault) {
		super(fault);
	}

}
