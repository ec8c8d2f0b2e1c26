package io.punctual.release.hook.check;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A service's work gate: which of its releases may work. Any release of the service
 * answers for the gate, which is the schema's.
 */
public final class Gate {

	private final Caller caller;

	private final String base;

	public Gate(Caller caller, String base) {
		this.caller = caller;
		this.base = base;
	}

	/**
	 * Reads the gate.
	 * @return the releases' states, and which of them answered
	 */
	public State state() {
		Answer answer = this.caller.get(this.base + "/internal/releases").expect(200);
		Map<String, String> states = new LinkedHashMap<>();
		answer.body()
			.path("releases")
			.forEach((item) -> states.put(item.path("release").asString(""), item.path("state").asString("")));
		return new State(answer.need("self"), states);
	}

	/**
	 * Lets a release work, and waits until it is the one.
	 * @param release its id
	 */
	public void activate(String release) {
		this.caller.post(this.base + "/internal/releases/" + release + "/activate", null).expect(200, 202, 204);
		Eventually.find(release + " is ACTIVE", Duration.ofSeconds(10),
				() -> "ACTIVE".equals(state().states().get(release)) ? release : null);
	}

	/**
	 * Takes the work from a release and gives it back to the one before.
	 * @param release its id
	 */
	public void reject(String release) {
		this.caller.post(this.base + "/internal/releases/" + release + "/reject", null).expect(200, 202, 204);
	}

	/**
	 * What a gate says.
	 *
	 * @param self the release that answered
	 * @param states by release
	 */
	public record State(String self, Map<String, String> states) {

		/**
		 * The release that works.
		 * @return its id, or null before the first
		 */
		public @Nullable String active() {
			return this.states.entrySet()
				.stream()
				.filter((entry) -> Objects.equals(entry.getValue(), "ACTIVE"))
				.map(Map.Entry::getKey)
				.findFirst()
				.orElse(null);
		}

	}

}
