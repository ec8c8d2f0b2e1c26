package io.punctual.shared.audit;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.punctual.shared.contract.AuditRecorded;
import io.punctual.shared.contract.AuditRecorded.Actor;
import io.punctual.shared.contract.AuditRecorded.Outcome;
import io.punctual.shared.id.Ids;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.Callers;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.servlet.HandlerMapping;

/**
 * What the present request is about to do; of one thread, and of no other.
 */
final class Act {

	private static final Pattern ID = Pattern.compile("[a-z]{3}_[0-9A-Z]{26}");

	private static final ThreadLocal<@Nullable Act> PRESENT = new ThreadLocal<>();

	private final HttpServletRequest request;

	private boolean settled;

	private @Nullable Actor actor;

	private Act(HttpServletRequest request) {
		this.request = request;
	}

	static void begin(HttpServletRequest request) {
		PRESENT.set(new Act(request));
	}

	static @Nullable Act present() {
		return PRESENT.get();
	}

	static void end() {
		PRESENT.remove();
	}

	/** Makes an act the present one of this thread, too. */
	static void carry(@Nullable Act act) {
		if (act != null) {
			PRESENT.set(act);
		}
		else {
			PRESENT.remove();
		}
	}

	/** Who acts is looked up now: another thread could not. */
	void identify() {
		this.actor = (this.actor != null) ? this.actor : actorOfToken();
	}

	/** Whether its entry is written, or there is none to write. */
	boolean isSettled() {
		return this.settled;
	}

	void settle() {
		this.settled = true;
	}

	/** Who acts, where no token says it. */
	void by(String personId, String clientId) {
		this.actor = new Actor(Actor.Kind.PERSON, personId, null, clientId);
	}

	/** The entry, if it is known who acts. */
	@Nullable AuditRecorded entry(Outcome outcome, Collection<String> concerned) {
		Actor who = (this.actor != null) ? this.actor : actorOfToken();
		if (who == null) {
			return null;
		}
		Set<String> about = new LinkedHashSet<>();
		if (this.request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables) {
			variables.values().stream().map(String::valueOf).filter(ID.asMatchPredicate()).forEach(about::add);
		}
		concerned.stream().filter(ID.asMatchPredicate()).forEach(about::add);
		return new AuditRecorded(Ids.next("aud"), who, action(), outcome, List.copyOf(about));
	}

	private @Nullable Actor actorOfToken() {
		return (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token)
				? actor(token.getToken(), token.getName()) : null;
	}

	private Actor actor(Jwt token, String subject) {
		String name = token.getClaimAsString("username");
		boolean person = name != null && !subject.equals(token.getClaimAsString("client_id"));
		return new Actor(person ? Actor.Kind.PERSON : Actor.Kind.MACHINE, subject, person ? name : null,
				Callers.of(this.request).map(Caller::clientId).orElse(null));
	}

	private String action() {
		Object pattern = this.request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return this.request.getMethod() + ' ' + pattern;
	}

}
