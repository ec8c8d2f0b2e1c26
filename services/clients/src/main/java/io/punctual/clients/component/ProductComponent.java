package io.punctual.clients.component;

import java.time.Instant;
import java.util.Objects;

import io.punctual.shared.contract.ComponentUpserted;
import io.punctual.shared.id.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/**
 * A part of what the provider offers, such as "object storage": notices say what is
 * affected, entitlements who uses it.
 */
@Entity(name = "component")
public class ProductComponent {

	@Id
	private String id;

	private String name;

	private @Nullable String description;

	@Enumerated(EnumType.STRING)
	private ComponentState state;

	@Version
	private @Nullable Long version;

	private Instant createdAt;

	private Instant updatedAt;

	@SuppressWarnings("NullAway.Init")
	protected ProductComponent() {
	}

	ProductComponent(String name, @Nullable String description, Instant now) {
		this.id = Ids.next("cmp");
		this.name = name;
		this.description = description;
		this.state = ComponentState.ACTIVE;
		this.createdAt = now;
		this.updatedAt = now;
	}

	void change(ComponentController.Change change, Instant now) {
		this.name = Objects.requireNonNullElse(change.name(), this.name);
		this.description = (change.description() != null) ? change.description() : this.description;
		this.state = Objects.requireNonNullElse(change.state(), this.state);
		this.updatedAt = now;
	}

	public String id() {
		return this.id;
	}

	long version() {
		return Objects.requireNonNullElse(this.version, 0L);
	}

	ComponentController.View view() {
		return new ComponentController.View(this.id, this.name, this.description, this.state, this.createdAt,
				this.updatedAt);
	}

	ComponentUpserted event() {
		return new ComponentUpserted(this.id, this.name, ComponentUpserted.State.valueOf(this.state.name()));
	}

}
