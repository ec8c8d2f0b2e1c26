package io.punctual.local.edge.integration;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A backend's body that is read as it comes; closing it ends the exchange and its
 * deadline.
 */
final class BackendStream extends FilterInputStream {

	private final Closeable response;

	private final Deadlines.Deadline deadline;

	BackendStream(InputStream content, Closeable response, Deadlines.Deadline deadline) {
		super(content);
		this.response = response;
		this.deadline = deadline;
	}

	@Override
	public void close() {
		this.deadline.end();
		try {
			this.response.close();
		}
		catch (IOException ex) {
			// Its connection was ended before.
		}
	}

}
