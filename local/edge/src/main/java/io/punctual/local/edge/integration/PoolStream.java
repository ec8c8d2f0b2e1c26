package io.punctual.local.edge.integration;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

import io.punctual.local.edge.target.Pool;

/**
 * A body that is under way in its pool until it is closed: a pool that drains waits for
 * it.
 */
final class PoolStream extends FilterInputStream {

	private final Pool pool;

	private final AtomicBoolean ended = new AtomicBoolean();

	PoolStream(InputStream content, Pool pool) {
		super(content);
		this.pool = pool;
	}

	@Override
	public void close() throws IOException {
		try {
			super.close();
		}
		finally {
			if (this.ended.compareAndSet(false, true)) {
				this.pool.end();
			}
		}
	}

}
