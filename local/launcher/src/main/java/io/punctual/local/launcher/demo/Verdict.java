package io.punctual.local.launcher.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Compares what came out with what had to.
 */
final class Verdict {

	private final List<String> failures = new ArrayList<>();

	void judge(Participant participant, Situation situation, int updates) {
		List<Situation.ClockView> clocks = situation.of(participant, "DELIVERY");
		check(participant, clocks.size() == updates,
				"has " + clocks.size() + " delivery clocks for " + updates + " updates");
		String wanted = participant.role().isToldInTime() ? "MET" : "BREACHED";
		List<String> wrong = clocks.stream()
			.filter((clock) -> !clock.state().equals(wanted))
			.map((clock) -> clock.clockId() + " is " + clock.state())
			.toList();
		check(participant, wrong.isEmpty(), "every delivery clock had to be " + wanted + ", but " + wrong);
		situation.of(participant, "FIRST_UPDATE")
			.forEach((clock) -> check(participant, clock.state().equals("MET"),
					"the first update was published in time, but " + clock.clockId() + " is " + clock.state()));
		judgeReceiver(participant, updates);
		if (!participant.role().isToldInTime()) {
			check(participant, clocks.stream().allMatch((clock) -> clock.attribution().equals("RECIPIENT")),
					"the misses are its own receiver's, but are put down to "
							+ clocks.stream().map(Situation.ClockView::attribution).collect(Collectors.toSet()));
		}
	}

	/**
	 * The month's adherence has to say the same as the clocks.
	 */
	void judgeAdherence(Participant participant, JsonNode adherence, int updates) {
		JsonNode deliveries = JsonNodeFactory.instance.objectNode();
		for (JsonNode objective : adherence.path("objectives")) {
			deliveries = objective.path("objective").asString("").equals("DELIVERY") ? objective : deliveries;
		}
		int met = deliveries.path("met").asInt(0);
		int breached = deliveries.path("breached").asInt(0);
		boolean told = participant.role().isToldInTime();
		check(participant, met == (told ? updates : 0) && breached == (told ? 0 : updates),
				"its adherence says " + met + " met and " + breached + " breached");
		for (JsonNode miss : adherence.path("misses")) {
			check(participant, !miss.path("counts").asBoolean(true),
					"its own receiver's miss counts against the provider");
		}
	}

	private void judgeReceiver(Participant participant, int updates) {
		Arrivals receiver = participant.receiver();
		int wanted = participant.role().isToldInTime() ? updates : 0;
		check(participant, receiver.received() == wanted,
				"its receiver got " + receiver.received() + " updates, not " + wanted);
		check(participant, receiver.forged() == 0,
				receiver.forged() + " messages failed the verification of their signature");
		check(participant, receiver.isSequenceWhole(), "the sequence of its messages has a hole");
		if (participant.role().behaviour() == Role.Behaviour.TROUBLED) {
			check(participant, receiver.failed() > 0, "its receiver was to fail for a while, and was never tried then");
		}
	}

	void check(Participant participant, boolean condition, String otherwise) {
		if (!condition) {
			this.failures.add(participant.role().name() + ": " + otherwise);
		}
	}

	void check(boolean condition, String otherwise) {
		if (!condition) {
			this.failures.add(otherwise);
		}
	}

	List<String> failures() {
		return List.copyOf(this.failures);
	}

	/**
	 * Says, for one client, who was told in time, who was not, why, and whose fault.
	 */
	static String sentence(Participant participant, Situation situation) {
		List<Situation.ClockView> clocks = situation.of(participant, "DELIVERY");
		long met = clocks.stream().filter((clock) -> clock.state().equals("MET")).count();
		long missed = clocks.stream().filter((clock) -> clock.state().equals("BREACHED")).count();
		StringBuilder text = new StringBuilder(participant.role().name()).append(" (")
			.append(participant.role().promise())
			.append("): told in time ")
			.append(met)
			.append(" of ")
			.append(clocks.size());
		if (missed > 0) {
			String whose = clocks.stream()
				.filter((clock) -> clock.state().equals("BREACHED"))
				.map(Situation.ClockView::attribution)
				.distinct()
				.map((side) -> side.equals("RECIPIENT") ? "the recipient's: its receiver could not be reached"
						: "the provider's")
				.collect(Collectors.joining(", "));
			text.append("; ").append(missed).append(" missed, and the fault is ").append(whose);
			clocks.stream()
				.map(Situation.ClockView::reason)
				.filter(Objects::nonNull)
				.findFirst()
				.ifPresent((reason) -> text.append(" (").append(reason).append(')'));
		}
		else if (participant.receiver().failed() > 0) {
			text.append(", although its receiver failed ").append(participant.receiver().failed()).append(" times");
		}
		return text.append('.').toString();
	}

}
