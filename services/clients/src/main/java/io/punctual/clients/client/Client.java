package io.punctual.clients.client;

import java.time.Instant;
import java.util.Objects;

import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.id.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/**
 * A client: the aggregate of whom it is, its contacts, entitlements and agreement. Its
 * version counts changes of any of them.
 */
@Entity(name = "client")
public class Client {

	@Id
	private String id;

	private String externalId;

	private String name;

	@Enumerated(EnumType.STRING)
	private ClientState state;

	private boolean synthetic;

	@Version
	private @Nullable Long version;

	private Instant createdAt;

	private Instant updatedAt;

	@SuppressWarnings("NullAway.Init")
	protected Client() {
	}

	Client(String externalId, String name, boolean synthetic, Instant now) {
		this.id = Ids.next("cli");
		this.externalId = externalId;
		this.name = name;
		this.state = ClientState.ACTIVE;
		this.synthetic = synthetic;
		this.createdAt = now;
		this.updatedAt = now;
	}

	void rename(String name) {
		this.name = name;
	}

	void enter(ClientState state) {
		this.state = state;
	}

	/** A child has changed, so this is another version. */
	void touch(Instant now) {
		this.updatedAt = (now.isAfter(this.updatedAt)) ? now : this.updatedAt.plusNanos(1000);
	}

	public String id() {
		return this.id;
	}

	public String name() {
		return this.name;
	}

	public boolean isActive() {
		return this.state == ClientState.ACTIVE;
	}

	public long version() {
		return Objects.requireNonNullElse(this.version, 0L);
	}

	ClientView view() {
		return new ClientView(this.id, this.externalId, this.name, this.state, this.synthetic, this.createdAt,
				this.updatedAt);
	}

	ClientUpserted event() {
		return new ClientUpserted(this.id, this.externalId, this.name, ClientUpserted.State.valueOf(this.state.name()),
				this.synthetic);
	}

}
