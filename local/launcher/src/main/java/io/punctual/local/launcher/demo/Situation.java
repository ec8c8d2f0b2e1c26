package io.punctual.local.launcher.demo;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.local.launcher.api.Api;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the services say at one moment, for each client.
 *
 * @param clocks each client's clocks, by the client's id
 */
record Situation(Map<String, List<ClockView>> clocks) {

	static Situation read(Api provider, String noticeId, List<Participant> participants) {
		Map<String, List<ClockView>> clocks = new LinkedHashMap<>();
		for (Participant participant : participants) {
			clocks.put(participant.clientId(),
					provider.list("/v1/clocks?client=" + participant.clientId())
						.stream()
						.map(ClockView::of)
						.filter((clock) -> clock.noticeId().equals(noticeId))
						.sorted(Comparator.comparing(ClockView::startedAt))
						.toList());
		}
		return new Situation(clocks);
	}

	List<ClockView> of(Participant participant, String objective) {
		return this.clocks.getOrDefault(participant.clientId(), List.of())
			.stream()
			.filter((clock) -> clock.objective().equals(objective))
			.toList();
	}

	boolean isDecided(Participant participant, int updates) {
		List<ClockView> deliveries = of(participant, "DELIVERY");
		return deliveries.size() == updates && deliveries.stream().allMatch(ClockView::isDecided);
	}

	/**
	 * A clock as the API shows it.
	 *
	 * @param clockId its id
	 * @param objective what was promised
	 * @param noticeId the notice
	 * @param obligationId the obligation, if there is one
	 * @param state what has become of it
	 * @param startedAt when it started
	 * @param dueAt by when it was promised
	 * @param attribution whose miss it is
	 * @param reason why it was missed
	 */
	record ClockView(String clockId, String objective, String noticeId, String obligationId, String state,
			Instant startedAt, Instant dueAt, String attribution, @Nullable String reason) {

		static ClockView of(JsonNode node) {
			return new ClockView(Api.id(node, "clockId"), node.path("objective").asString(""),
					node.path("noticeId").asString(""), node.path("obligationId").asString(""),
					node.path("state").asString(""), instant(node, "startedAt", "start"), instant(node, "dueAt", "due"),
					node.path("attribution").asString(""), node.path("cause").asString(null));
		}

		private static Instant instant(JsonNode node, String name, String other) {
			String text = node.path(name).asString(node.path(other).path("at").asString(""));
			return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
		}

		boolean isDecided() {
			return !this.state.equals("RUNNING") && !this.state.equals("AT_RISK");
		}

	}

}
