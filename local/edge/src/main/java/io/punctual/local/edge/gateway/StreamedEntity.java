package io.punctual.local.edge.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * An answer's body that goes out as it comes in.
 */
final class StreamedEntity extends AbstractHttpEntity {

	private final InputStream from;

	private long sent;

	StreamedEntity(InputStream from) {
		super((String) null, null, true);
		this.from = from;
	}

	long sent() {
		return this.sent;
	}

	@Override
	public void writeTo(OutputStream to) throws IOException {
		byte[] buffer = new byte[8 * 1024];
		for (int read = this.from.read(buffer); read >= 0; read = this.from.read(buffer)) {
			to.write(buffer, 0, read);
			to.flush();
			this.sent += read;
		}
	}

	@Override
	public boolean isRepeatable() {
		return false;
	}

	@Override
	public long getContentLength() {
		return -1;
	}

	@Override
	public InputStream getContent() {
		return this.from;
	}

	@Override
	public boolean isStreaming() {
		return true;
	}

	@Override
	public void close() throws IOException {
		this.from.close();
	}

}
