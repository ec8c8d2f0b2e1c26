package io.punctual.clients.credential;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.punctual.clients.client.ClientRemoved;
import io.punctual.clients.client.Clients;
import io.punctual.clients.support.Changes;
import io.punctual.shared.contract.CredentialUpserted;
import io.punctual.shared.credential.CredentialIssuer;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.release.WorkGate;
import io.punctual.shared.security.CredentialDirectory;
import io.punctual.shared.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Makes and revokes credentials. A client has up to two at once, so that it can change
 * from one to the next.
 */
@Service
class Credentials implements CredentialDirectory {

	private static final int MOST_ACTIVE = 2;

	private static final Logger logger = LoggerFactory.getLogger(Credentials.class);

	private final CredentialRepository rows;

	private final CredentialIssuer issuer;

	private final Clients clients;

	private final Transactions transactions;

	private final Changes changes;

	private final WorkGate gate;

	Credentials(CredentialRepository rows, CredentialIssuer issuer, Clients clients, Transactions transactions,
			Changes changes, WorkGate gate) {
		this.rows = rows;
		this.issuer = issuer;
		this.clients = clients;
		this.transactions = transactions;
		this.changes = changes;
		this.gate = gate;
	}

	@Override
	public Optional<String> clientOf(String oauthClientId) {
		return this.rows.clientOf(oauthClientId);
	}

	@Override
	public Optional<String> clientOfApiKey(String apiKeyId) {
		return this.rows.clientOfApiKey(apiKeyId);
	}

	WithSecret create(String clientId, String name) {
		// Asked before the issuer, which cannot be rolled back, and again below.
		this.transactions.read(() -> {
			refuseThird(clientId);
			return clientId;
		});
		CredentialIssuer.Issued issued = this.issuer.issue(name);
		try {
			return this.transactions.write(() -> {
				refuseThird(clientId);
				Instant now = this.changes.now();
				Credential credential = published(new Credential(clientId, issued, name, now), now);
				return new WithSecret(credential, issued);
			});
		}
		catch (RuntimeException ex) {
			withdrawUnused(issued);
			throw ex;
		}
	}

	private void refuseThird(String clientId) {
		this.clients.saved(this.clients.changed(clientId, null, this.changes.now()));
		if (this.rows.active(clientId) >= MOST_ACTIVE) {
			throw ProblemException.of(ProblemType.CONFLICT, "Two credentials are active; revoke one first.");
		}
	}

	private void withdrawUnused(CredentialIssuer.Issued issued) {
		try {
			this.issuer.withdraw(issued.clientId(), issued.apiKeyId());
		}
		catch (ProblemException ex) {
			// It belongs to no client, so every service refuses it.
			logger.warn("The OAuth client {} is left without a credential", issued.clientId());
		}
	}

	/** A former client calls no more; the issuer is told later. */
	@EventListener
	void revokeAll(ClientRemoved removed) {
		Instant now = this.changes.now();
		for (Credential credential : this.rows.activeOf(removed.clientId())) {
			credential.revoke(now);
			published(credential, now);
		}
	}

	/** From here on it is refused everywhere, whether the issuer answers or not. */
	void revoke(String clientId, String id) {
		this.transactions.write(() -> {
			Credential credential = this.rows.findByIdAndClientId(id, clientId)
				.orElseThrow(() -> ProblemException.notFound(id));
			Instant now = this.changes.now();
			if (credential.revoke(now)) {
				published(credential, now);
			}
		});
		withdrawRevoked();
	}

	@Scheduled(fixedDelay = 30_000, initialDelay = 30_000)
	void withdrawLeftOver() {
		if (this.gate.isOpen()) {
			withdrawRevoked();
		}
	}

	private void withdrawRevoked() {
		try {
			for (Credential credential : this.rows.toWithdraw(Limit.of(100))) {
				this.issuer.withdraw(credential.oauthClientId(), credential.apiKeyId());
				this.transactions.write(() -> this.rows.findById(credential.id()).ifPresent((revoked) -> {
					revoked.withdraw();
					this.rows.saveAndFlush(revoked);
				}));
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Revoked credentials are still to be withdrawn from their issuer: {}", ex.toString());
		}
	}

	List<Credential> page(String clientId, String after, int size) {
		return this.rows.page(clientId, after, Limit.of(size));
	}

	private Credential published(Credential credential, Instant now) {
		Credential saved = this.rows.saveAndFlush(credential);
		this.changes.publish(CredentialUpserted.TYPE, saved.id(), now, saved.event());
		return saved;
	}

	/**
	 * A credential with the one sight of its secrets.
	 */
	record WithSecret(Credential credential, CredentialIssuer.Issued issued) {
	}

}
