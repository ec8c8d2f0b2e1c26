package io.punctual.shared.release;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A release of this service on this schema.
 *
 * @param release its name, such as the commit
 * @param state what it may do
 * @param heartbeatAt when one of its instances was last heard of
 * @param activatedAt when it last became active; null if it never was
 */
record Release(String release, ReleaseState state, Instant heartbeatAt, @Nullable Instant activatedAt) {

	private static final Comparator<Release> BY_ACTIVATION = Comparator
		.comparing((Release release) -> (release.activatedAt != null) ? release.activatedAt : Instant.MIN);

	boolean isAlive(Instant now, Duration deadAfter) {
		return !this.heartbeatAt.plus(deadAfter).isBefore(now);
	}

	/**
	 * Who takes over when no active release is heard of: the one that lives, was not
	 * rejected, and was active last. One that never was is nobody's heir, for nobody has
	 * validated it.
	 */
	static Optional<Release> heir(List<Release> all, Instant now, Duration deadAfter) {
		boolean orphaned = all.stream()
			.noneMatch((release) -> release.state == ReleaseState.ACTIVE && release.isAlive(now, deadAfter));
		return orphaned ? former(all).filter((release) -> release.isAlive(now, deadAfter)).max(BY_ACTIVATION)
				: Optional.empty();
	}

	/**
	 * Who works again when the active release is rejected: the one before it, if possible
	 * one that lives.
	 */
	static Optional<Release> predecessor(List<Release> all, Instant now, Duration deadAfter) {
		return former(all).max(Comparator.comparing((Release release) -> release.isAlive(now, deadAfter))
			.thenComparing(BY_ACTIVATION));
	}

	private static Stream<Release> former(List<Release> all) {
		return all.stream().filter((release) -> release.state == ReleaseState.DRAINING && release.activatedAt != null);
	}

}
