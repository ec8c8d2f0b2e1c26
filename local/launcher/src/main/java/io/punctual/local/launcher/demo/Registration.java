package io.punctual.local.launcher.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.punctual.local.launcher.api.Api;
import io.punctual.local.launcher.LauncherException;
import tools.jackson.databind.JsonNode;

/**
 * Registers what the demo needs, as a provider's engineer would: components, calendars,
 * agreements, clients with their endpoints and credentials. Everything is new in each
 * run, so that runs do not owe each other anything.
 */
final class Registration {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Api provider;

	private final String run;

	private final String edge;

	private final String tokenUri;

	private final ReceiverHost receivers;

	private final String mails;

	private final Map<String, String> componentIds = new LinkedHashMap<>();

	private final Map<Role.Calendar, String> calendarIds = new EnumMap<>(Role.Calendar.class);

	/**
	 * Prepares it.
	 * @param mails where mail is caught
	 */
	Registration(Api provider, String run, String edge, String tokenUri, ReceiverHost receivers, String mails) {
		this.provider = provider;
		this.run = run;
		this.edge = edge;
		this.tokenUri = tokenUri;
		this.receivers = receivers;
		this.mails = mails;
	}

	Map<String, String> components(List<String> names) {
		for (String name : names) {
			JsonNode made = this.provider.post("/v1/components", Map.of("name", name + " (" + this.run + ")"));
			this.componentIds.put(name, Api.id(made, "componentId"));
		}
		return this.componentIds;
	}

	void calendars() {
		this.calendarIds.put(Role.Calendar.ALWAYS, calendar("Always", Map.of("zone", "UTC", "weekly",
				week("00:00-24:00", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"), "exceptions", Map.of())));
		this.calendarIds.put(Role.Calendar.BUSINESS_HOURS, calendar("Business hours", Map.of("zone", "Europe/London",
				"weekly", week("09:00-17:00", "MON", "TUE", "WED", "THU", "FRI"), "exceptions", Map.of())));
	}

	private String calendar(String name, Map<String, Object> definition) {
		return Api.id(this.provider.post("/v1/calendars",
				Map.of("name", name + " (" + this.run + ")", "definition", definition)), "calendarId");
	}

	private static Map<String, List<String>> week(String hours, String... days) {
		Map<String, List<String>> week = new LinkedHashMap<>();
		for (String day : days) {
			week.put(day, List.of(hours));
		}
		return week;
	}

	List<Participant> participants(List<Role> roles) throws IOException {
		List<Participant> participants = new ArrayList<>();
		for (Role role : roles) {
			participants.add(participant(role));
		}
		awaitVerified(participants);
		return participants;
	}

	private Participant participant(Role role) throws IOException {
		String externalId = role.name().toLowerCase(Locale.ROOT).replace(' ', '-') + "-" + this.run;
		String clientId = Api
			.id(this.provider.post("/v1/clients", Map.of("externalId", externalId, "name", role.name())), "clientId");
		for (String component : this.componentIds.values()) {
			this.provider.put("/v1/clients/" + clientId + "/components/" + component, Map.of());
		}
		this.provider.put("/v1/clients/" + clientId + "/agreement", Map.of("agreementId", agreement(role)));
		JsonNode credential = this.provider.post("/v1/clients/" + clientId + "/credentials",
				Map.of("name", "The demo's own"));
		Api own = Api.signIn(this.edge, this.tokenUri, credential.path("oauthClientId").asString(),
				credential.path("clientSecret").asString(), credential.path("apiKey").asString());
		String credentialId = Api.id(credential, "credentialId");
		if (role.behaviour() == Role.Behaviour.MAILED) {
			Inbox inbox = new Inbox(this.mails, externalId + "@clients.example");
			JsonNode contact = this.provider.post("/v1/clients/" + clientId + "/contacts",
					Map.of("name", "Whoever is on duty", "email", inbox.address()));
			return new Participant(role, clientId, credentialId, Api.id(contact, "contactId"), inbox, own);
		}
		Receiver receiver = new Receiver(role.behaviour().trouble(), this.receivers);
		JsonNode endpoint = this.provider.post("/v1/clients/" + clientId + "/endpoints",
				Map.of("url", receiver.url(), "description", "The demo's receiver"));
		receiver.trust(endpoint.path("secret").asString());
		return new Participant(role, clientId, credentialId, Api.id(endpoint, "endpointId"), receiver, own);
	}

	private String agreement(Role role) {
		Map<String, Object> terms = Map.of("calendarId", this.calendarIds.getOrDefault(role.calendar(), ""), "channels",
				Map.of("required", List.of((role.behaviour() == Role.Behaviour.MAILED) ? "MAIL" : "WEBHOOK"), "rule",
						"ANY"),
				"targets", List.of(Map.of("objective", "DELIVERY", "target", role.target().toString()),
						Map.of("objective", "FIRST_UPDATE", "target", role.target().toString())));
		String name = role.promise() + " (" + this.run + ", " + role.name() + ")";
		return Api.id(this.provider.post("/v1/agreements", Map.of("name", name, "terms", terms)), "agreementId");
	}

	/**
	 * An endpoint is sent a challenge when it is made; one that was sent before its
	 * receiver knew the secret is asked for again.
	 */
	private void awaitVerified(List<Participant> participants) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		List<Participant> waiting = new ArrayList<>(participants);
		// A mailbox proves nothing before it is written to.
		waiting.removeIf((participant) -> participant.role().behaviour() == Role.Behaviour.MAILED);
		for (int round = 0; !waiting.isEmpty(); round++) {
			boolean again = round % 8 == 4;
			waiting.removeIf((participant) -> isVerified(participant, again));
			if (System.nanoTime() > end) {
				throw new LauncherException("The endpoints of "
						+ String.join(", ", waiting.stream().map((one) -> one.role().name()).toList())
						+ " did not become verified; the log of delivery says why");
			}
			Api.pause(Duration.ofMillis(250));
		}
		participants.stream()
			.filter((participant) -> participant.role().behaviour() == Role.Behaviour.DEAD)
			.map(Participant::receiver)
			.filter(Receiver.class::isInstance)
			.forEach((receiver) -> ((Receiver) receiver).die());
	}

	private boolean isVerified(Participant participant, boolean again) {
		String state = this.provider.get("/v1/endpoints/" + participant.endpointId()).path("state").asString("");
		if (!state.equals("VERIFIED") && again) {
			this.provider.post("/v1/endpoints/" + participant.endpointId() + "/verify", null);
		}
		return state.equals("VERIFIED");
	}

}
