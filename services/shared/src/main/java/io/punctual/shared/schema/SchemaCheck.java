package io.punctual.shared.schema;

/**
 * Something that must be true of a schema's rows whatever has happened, looked at by the
 * mode {@code check}. A service's own are beans of a class that its
 * {@code META-INF/spring/io.punctual.shared.schema.CheckTask.imports} names.
 */
public interface SchemaCheck {

	/**
	 * Return what is looked at, in a word.
	 */
	String what();

	/**
	 * Look at it, inside a transaction that only reads.
	 * @return how many were looked at
	 * @throws UnsoundSchemaException if something is not as it must be
	 */
	long check();

}
