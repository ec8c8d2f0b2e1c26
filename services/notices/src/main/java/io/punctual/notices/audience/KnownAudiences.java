package io.punctual.notices.audience;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.events.EventReaders;
import io.punctual.shared.time.DatabaseClock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Remembers audiences for as long as they are certainly the same: the replica of
 * {@code clients} changes only as its reader moves on, so an audience that was found at a
 * position is that of every publication at this position. What comes into force by the
 * mere passing of time, {@link Audiences#now} finds out. See
 * {@code docs/decisions/audience-position.md}.
 */
@Component
public class KnownAudiences {

	/** Of so many members in all is remembered: some megabytes. */
	private static final int MOST_MEMBERS = 20_000;

	private static final int MOST = 1000;

	private final Audiences audiences;

	private final EventReaders readers;

	private final DatabaseClock clock;

	private final Map<Key, Audience> known = new HashMap<>();

	private long position = -1;

	private int members;

	KnownAudiences(Audiences audiences, EventReaders readers, DatabaseClock clock) {
		this.audiences = audiences;
		this.readers = readers;
		this.clock = clock;
	}

	/**
	 * Whom a notice concerns.
	 * @param concern what makes it concern a client
	 * @param position the position that the present transaction holds
	 * @return the audience; at the present instant it is the same unless
	 * {@link Audiences#now} says otherwise
	 */
	public Audience of(Concern concern, long position) {
		Key key = Key.of(concern);
		if (key == null) {
			return find(concern);
		}
		Audience known = get(key, position);
		if (known != null) {
			return known;
		}
		Audience found = find(concern);
		// Whatever is parked may be applied without the position moving on.
		if (this.readers.of("clients").parkedSubjects().isEmpty()) {
			put(key, found, position);
		}
		return found;
	}

	/** Something has come into force since it was found. */
	public void forget(Concern concern) {
		Key key = Key.of(concern);
		if (key != null) {
			remove(key);
		}
	}

	private Audience find(Concern concern) {
		Instant now = this.clock.now();
		return new Audience(this.audiences.find(concern, now), now);
	}

	private synchronized @Nullable Audience get(Key key, long position) {
		return (position == this.position) ? this.known.get(key) : null;
	}

	private synchronized void put(Key key, Audience audience, long position) {
		int size = audience.members().size();
		if (position != this.position || this.known.size() >= MOST || this.members + size > MOST_MEMBERS) {
			this.known.clear();
			this.members = 0;
			this.position = position;
		}
		if (size <= MOST_MEMBERS && this.known.put(key, audience) == null) {
			this.members += size;
		}
	}

	private synchronized void remove(Key key) {
		Audience former = this.known.remove(key);
		this.members -= (former != null) ? former.members().size() : 0;
	}

	/**
	 * Whom something concerns.
	 *
	 * @param members in no particular order
	 * @param at the instant at which they were found
	 */
	public record Audience(List<Member> members, Instant at) {
	}

	/**
	 * What an audience depends on, unless it is one that depends on what was said before.
	 */
	private record Key(Set<String> components, NoticeKind kind, Set<Severity> severities) {

		static @Nullable Key of(Concern concern) {
			return (concern.toldOf() == null && concern.clients() == null)
					? new Key(Set.copyOf(concern.components()), concern.kind(), Set.copyOf(concern.severities()))
					: null;
		}

	}

}
