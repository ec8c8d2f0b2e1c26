package io.punctual.release.hook.check;

import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * What each service must do before it is let in. Everything is read from green at its
 * test listener; what green writes is for the synthetic client alone.
 */
final class Checks {

	private final Caller caller;

	private final Services services;

	Checks(Caller caller, Services services) {
		this.caller = caller;
		this.services = services;
	}

	/**
	 * What any service must do, whether anything else works or not.
	 */
	Map<String, Runnable> bare() {
		Map<String, Runnable> checks = new LinkedHashMap<>();
		checks.put("is ready",
				() -> this.caller.getAsAnybody(this.services.green() + "/actuator/health/readiness").expect(200));
		checks.put("waits at its gate", () -> {
			Gate.State state = new Gate(this.caller, this.services.green()).state();
			if (!state.states().containsKey(state.self())) {
				throw new CheckException("the gate knows no release " + state.self() + ", which answers there");
			}
		});
		checks.put("refuses a caller without a token", () -> {
			Answer answer = this.caller.getAsAnybody(this.services.green() + reading()).expect(401);
			if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")) {
				throw new CheckException(answer.request() + " was refused by something that is no problem document");
			}
		});
		checks.put("answers a caller with one", () -> this.caller.get(this.services.green() + reading()).expect(200));
		return checks;
	}

	/**
	 * What this service must do for the synthetic client.
	 */
	Map<String, Runnable> deep(Synthetic synthetic, String key) {
		Map<String, Runnable> checks = new LinkedHashMap<>();
		switch (this.services.service()) {
			case "clients" -> checks.put("keeps the synthetic client as it is", () -> clients(synthetic));
			case "notices" -> checks.put("says something that arrives, signed", () -> notices(synthetic, key));
			case "delivery" -> checks.put("signs and reaches the receiver itself", () -> delivery(synthetic));
			case "sla" -> checks.put("knows the synthetic client's promises", () -> sla(synthetic));
			default -> throw new CheckException("no checks for " + this.services.service());
		}
		return checks;
	}

	private String reading() {
		return switch (this.services.service()) {
			case "clients" -> "/v1/clients?limit=1";
			case "notices" -> "/v1/notices?limit=1";
			case "delivery" -> "/v1/deliveries?limit=1";
			case "sla" -> "/v1/clocks?limit=1";
			default -> throw new CheckException("no checks for " + this.services.service());
		};
	}

	private void clients(Synthetic synthetic) {
		Synthetic seen = Synthetic.find(this.caller, this.services.green());
		if (!synthetic.equals(seen)) {
			throw new CheckException("green sees " + seen + " where blue sees " + synthetic);
		}
		String address = this.services.green() + "/v1/clients/" + synthetic.clientId();
		if (this.caller.get(address).expect(200).headers().firstValue("ETag").isEmpty()) {
			throw new CheckException(address + " has no ETag");
		}
	}

	/**
	 * Green writes, the releases that work do the rest. It is a drill: it counts for
	 * nobody. Before anything is said, the audience must be the synthetic client alone.
	 */
	private void notices(Synthetic synthetic, String key) {
		String notices = this.services.tried("notices") + "/v1/notices";
		String notice = this.caller
			.post(notices, Map.of("kind", "INCIDENT", "severity", "MINOR", "title", "A release is being checked",
					"components", List.of(synthetic.componentId()), "drill", true), key)
			.expect(201)
			.need("noticeId");
		JsonNode audience = this.caller.get(notices + "/" + notice + "/audience").expect(200).body();
		if (audience.path("clients").asInt() != 1
				|| !audience.at("/items/0/clientId").asString("").equals(synthetic.clientId())) {
			throw new CheckException("a notice about the synthetic component would go to " + audience);
		}
		this.caller
			.post(notices + "/" + notice + "/updates",
					Map.of("state", "INVESTIGATING", "text", "Nothing is wrong: this is a drill."), key + "-update")
			.expect(201);
		awaitDelivery(synthetic, notice);
		this.caller
			.post(notices + "/" + notice + "/updates", Map.of("state", "RESOLVED", "text", "The drill is over."),
					key + "-end")
			.expect(201);
	}

	/**
	 * The receiver answers 2xx to nothing but a signature that it has verified, so a
	 * stored 2xx is the proof.
	 */
	void awaitDelivery(Synthetic synthetic, String notice) {
		String address = this.services.tried("delivery") + "/v1/deliveries?limit=50&client=" + synthetic.clientId()
				+ "&notice=" + notice;
		Eventually.find("the webhook about " + notice + " is delivered", Duration.ofSeconds(30), () -> {
			for (JsonNode delivery : this.caller.get(address).expect(200).body().path("items")) {
				if (delivery.path("state").asString("").equals("DELIVERED")) {
					return notice;
				}
			}
			return null;
		});
	}

	/**
	 * Green does not work yet, so it is asked to send one challenge itself: it must open
	 * the sealed secret, sign, and reach the internet.
	 */
	private void delivery(Synthetic synthetic) {
		Answer answer = this.caller
			.post(this.services.green() + "/internal/endpoints/" + synthetic.endpointId() + "/challenge", null)
			.expect(200);
		if (!answer.body().path("passed").asBoolean(false)) {
			throw new CheckException(
					"green's challenge failed: " + answer.body().path("failure").asString("no reason"));
		}
	}

	private void sla(Synthetic synthetic) {
		this.caller.get(this.services.green() + "/v1/clocks?limit=1&client=" + synthetic.clientId()).expect(200);
		this.caller
			.get(this.services.green() + "/v1/clients/" + synthetic.clientId() + "/adherence?period="
					+ YearMonth.now(ZoneOffset.UTC))
			.expect(200);
	}

}
