package io.punctual.local.edge.document;

/**
 * A document or its settings cannot be used; the message names the line.
 */
public class DocumentException extends RuntimeException {

	public DocumentException(String message) {
		super(message);
	}

}
