package io.punctual.clients.endpoint;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.punctual.clients.client.Clients;
import io.punctual.clients.support.Changes;
import io.punctual.shared.contract.EndpointTestRequested;
import io.punctual.shared.contract.EndpointTested;
import io.punctual.shared.contract.EndpointUpserted;
import io.punctual.shared.contract.EndpointVerificationRequested;
import io.punctual.shared.id.Ids;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.security.Caller;
import io.punctual.shared.target.TargetPolicy;
import io.punctual.shared.web.ETags;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;

/**
 * The rules of changing an endpoint; each change is published with its transaction.
 */
@Service
class Endpoints {

	private static final int SECRET_BYTES = 32;

	private static final int MOST_ENDPOINTS = 50;

	private final EndpointRepository rows;

	private final Clients clients;

	private final TargetPolicy targets;

	private final SecretBox secrets;

	private final Changes changes;

	private final SecureRandom random = new SecureRandom();

	Endpoints(EndpointRepository rows, Clients clients, TargetPolicy targets, SecretBox secrets, Changes changes) {
		this.rows = rows;
		this.clients = clients;
		this.targets = targets;
		this.secrets = secrets;
		this.changes = changes;
	}

	WithSecret create(String clientId, EndpointController.Form form) {
		String url = this.targets.check(form.url()).toString();
		Instant now = this.changes.now();
		this.clients.saved(this.clients.changed(clientId, null, now));
		if (this.rows.present(clientId) >= MOST_ENDPOINTS) {
			throw ProblemException.of(ProblemType.CONFLICT, "A client has up to " + MOST_ENDPOINTS + " endpoints.");
		}
		Endpoint endpoint = new Endpoint(clientId, url, form, now);
		String secret = newSecret(endpoint, now);
		return new WithSecret(challenged(endpoint, now), secret);
	}

	Endpoint change(String id, @Nullable String ifMatch, EndpointController.Change change) {
		Instant now = this.changes.now();
		Endpoint endpoint = lock(id);
		ETags.requireMatch(ifMatch, endpoint.version());
		endpoint.change(change, now);
		boolean moved = change.url() != null && endpoint.move(this.targets.check(change.url()).toString(), now);
		return (moved) ? challenged(endpoint, now) : published(endpoint, now);
	}

	WithSecret rotate(String id) {
		Instant now = this.changes.now();
		Endpoint endpoint = lock(id);
		endpoint.refuseGone();
		String secret = newSecret(endpoint, now);
		return new WithSecret(published(endpoint, now), secret);
	}

	void verify(String id) {
		Endpoint endpoint = lock(id);
		endpoint.refuseGone();
		challenged(endpoint, this.changes.now());
	}

	void test(String id) {
		Instant now = this.changes.now();
		Endpoint endpoint = lock(id);
		endpoint.refuseGone();
		endpoint.refuseUnverified();
		String test = endpoint.test();
		this.rows.saveAndFlush(endpoint);
		this.changes.publish(EndpointTestRequested.TYPE, id, now,
				new EndpointTestRequested(id, endpoint.clientId(), test, now));
	}

	void remove(String id) {
		Instant now = this.changes.now();
		Endpoint endpoint = lock(id);
		endpoint.gone(now);
		published(endpoint, now);
	}

	/** What {@code delivery} has found out about an endpoint that may be gone by now. */
	void learn(String id, Predicate<Endpoint> concerns, Consumer<Endpoint> news) {
		this.rows.lock(id).filter(concerns).ifPresent((endpoint) -> {
			news.accept(endpoint);
			published(endpoint, this.changes.now());
		});
	}

	/** What came of a test: of no interest to the others. */
	void tested(EndpointTested tested) {
		this.rows.lock(tested.endpointId()).ifPresent((endpoint) -> {
			endpoint.tested(tested.testId(), tested.testedAt(), tested.failure());
			this.rows.saveAndFlush(endpoint);
		});
	}

	Endpoint visible(String id, Caller caller) {
		Endpoint endpoint = this.rows.findById(id).orElseThrow(() -> ProblemException.notFound(id));
		if (!caller.isProvider() && !endpoint.clientId().equals(caller.clientId())) {
			throw ProblemException.notFound(id);
		}
		return endpoint;
	}

	List<Endpoint> page(String clientId, String after, int size) {
		return this.rows.page(clientId, after, Limit.of(size));
	}

	private Endpoint lock(String id) {
		return this.rows.lock(id).orElseThrow(() -> ProblemException.notFound(id));
	}

	private Endpoint published(Endpoint endpoint, Instant now) {
		Endpoint saved = this.rows.saveAndFlush(endpoint);
		this.changes.publish(EndpointUpserted.TYPE, saved.id(), now, saved.event());
		return saved;
	}

	private Endpoint challenged(Endpoint endpoint, Instant now) {
		String challenge = endpoint.challenge();
		Endpoint saved = published(endpoint, now);
		this.changes.publish(EndpointVerificationRequested.TYPE, saved.id(), now,
				new EndpointVerificationRequested(saved.id(), saved.clientId(), challenge, now));
		return saved;
	}

	private String newSecret(Endpoint endpoint, Instant now) {
		byte[] secret = new byte[SECRET_BYTES];
		this.random.nextBytes(secret);
		String id = Ids.next("sec");
		endpoint.sign(new EndpointSecret(id, this.secrets.seal(secret, endpoint.id() + '/' + id), now), now);
		return "whsec_" + Base64.getEncoder().encodeToString(secret);
	}

	/**
	 * An endpoint with the one sight of its new secret.
	 */
	record WithSecret(Endpoint endpoint, String secret) {
	}

}
