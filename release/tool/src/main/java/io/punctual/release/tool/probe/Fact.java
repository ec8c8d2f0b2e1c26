package io.punctual.release.tool.probe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A question with its answer.
 *
 * @param probe the question
 * @param observation what was answered
 * @param differences how that differs from what is assumed
 */
record Fact(Probe probe, Observation observation, List<String> differences) {

	/**
	 * All of it, for whoever asks later.
	 */
	Map<String, Object> asJson() {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("name", this.probe.name());
		json.put("marked", this.probe.marked());
		json.put("asAssumed", this.differences.isEmpty());
		json.put("differences", this.differences);
		json.put("status", this.observation.status());
		json.put("headers", this.observation.headers());
		json.put("body", this.observation.body());
		json.put("arrived", this.observation.arrived());
		return json;
	}

	/**
	 * A row of {@code parity.yaml}'s form.
	 * @param source where and when it was recorded
	 */
	Map<String, Object> asRow(String source) {
		Map<String, Object> request = new LinkedHashMap<>();
		request.put("method", this.probe.method());
		request.put("path", this.probe.path());
		if (!this.probe.headers().isEmpty()) {
			request.put("headers", this.probe.headers());
		}
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("status", this.observation.status());
		if (this.observation.arrived().isMissingNode()) {
			answer.put("body", this.observation.body());
			String error = this.observation.headers().get("x-amzn-ErrorType");
			if (error != null) {
				answer.put("headers", Map.of("x-amzn-ErrorType", error));
			}
		}
		else if (!this.probe.path().contains("{")) {
			answer.put("target", this.observation.arrived().path("target").asString());
		}
		Map<String, Object> row = new LinkedHashMap<>();
		row.put("name", this.probe.name());
		row.put("source", source);
		row.put("request", request);
		if (this.probe.times() > 1) {
			row.put("times", this.probe.times());
		}
		row.put("answer", answer);
		return row;
	}

}
