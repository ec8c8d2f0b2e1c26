package io.punctual.clients.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.punctual.clients.support.Changes;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.security.Caller;
import io.punctual.shared.web.ETags;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;

/**
 * The clients, and the rules of changing one.
 */
@Service
public class Clients {

	private final ClientRepository rows;

	private final Changes changes;

	private final ApplicationEventPublisher listeners;

	Clients(ClientRepository rows, Changes changes, ApplicationEventPublisher listeners) {
		this.rows = rows;
		this.changes = changes;
		this.listeners = listeners;
	}

	/**
	 * Return a client that the caller may see.
	 * @param id the client
	 * @param caller who asks: a client sees itself only
	 * @return the client
	 * @throws ProblemException 404 if there is none, or it is another one
	 */
	public Client visible(String id, Caller caller) {
		if (!caller.isProvider() && !id.equals(caller.clientId())) {
			throw ProblemException.notFound(id);
		}
		return find(id);
	}

	/**
	 * Return a client that is about to change, locked until the transaction ends.
	 * @param id the client
	 * @param ifMatch checked if it is there
	 * @param now when it changes
	 * @return the client, as a new version
	 * @throws ProblemException 404, 412, or 409 if it was removed
	 */
	public Client changed(String id, @Nullable String ifMatch, Instant now) {
		Client client = this.rows.lock(id).orElseThrow(() -> ProblemException.notFound(id));
		ETags.checkMatch(ifMatch, client.version());
		if (!client.isActive()) {
			throw ProblemException.of(ProblemType.CONFLICT, "The client was removed; make it active first.");
		}
		client.touch(now);
		return client;
	}

	/**
	 * Save a changed client now, so that its version is the new one.
	 * @param client the client
	 * @return the client
	 */
	public Client saved(Client client) {
		return this.rows.saveAndFlush(client);
	}

	Client find(String id) {
		return this.rows.findById(id).orElseThrow(() -> ProblemException.notFound(id));
	}

	Client lock(String id) {
		return this.rows.lock(id).orElseThrow(() -> ProblemException.notFound(id));
	}

	Optional<Client> byExternalId(String externalId) {
		return this.rows.findByExternalId(externalId);
	}

	List<Client> page(ClientState state, String after, int size) {
		return this.rows.page(state, after, Limit.of(size));
	}

	Client create(String externalId, String name, boolean synthetic) {
		if (byExternalId(externalId).isPresent()) {
			throw ProblemException.of(ProblemType.CONFLICT, "There is a client with that external id.")
				.field("/externalId", "is taken");
		}
		return published(new Client(externalId, name, synthetic, this.changes.now()));
	}

	Client published(Client client) {
		Client saved = saved(client);
		this.changes.publish(ClientUpserted.TYPE, saved.id(), this.changes.now(), saved.event());
		if (!saved.isActive()) {
			this.listeners.publishEvent(new ClientRemoved(saved.id()));
		}
		return saved;
	}

}
