package io.punctual.clients.contact;

import java.time.Instant;
import java.util.Objects;

import io.punctual.clients.support.FilterColumn;
import io.punctual.clients.support.FilterForm;
import io.punctual.shared.contract.ContactUpserted;
import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.id.Ids;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/**
 * A person of a client.
 */
@Entity(name = "contact")
class Contact {

	@Id
	private String id;

	private String clientId;

	private String name;

	private String email;

	private int ladderLevel;

	@Convert(converter = FilterColumn.class)
	private NoticeFilter filter;

	@Version
	private @Nullable Long version;

	private Instant createdAt;

	private Instant updatedAt;

	@SuppressWarnings("NullAway.Init")
	protected Contact() {
	}

	Contact(String clientId, ContactController.Form form, Instant now) {
		this.id = Ids.next("con");
		this.clientId = clientId;
		this.name = form.name();
		this.email = form.email();
		this.ladderLevel = Objects.requireNonNullElse(form.level(), 1);
		this.filter = FilterForm.toFilter(form.filter());
		this.createdAt = now;
		this.updatedAt = now;
	}

	void change(ContactController.Change change, Instant now) {
		this.name = Objects.requireNonNullElse(change.name(), this.name);
		this.email = Objects.requireNonNullElse(change.email(), this.email);
		this.ladderLevel = Objects.requireNonNullElse(change.level(), this.ladderLevel);
		this.filter = (change.filter() != null) ? FilterForm.toFilter(change.filter()) : this.filter;
		this.updatedAt = now;
	}

	String id() {
		return this.id;
	}

	long version() {
		return Objects.requireNonNullElse(this.version, 0L);
	}

	ContactController.View view() {
		return new ContactController.View(this.id, this.clientId, this.name, this.email, this.ladderLevel, this.filter,
				this.createdAt, this.updatedAt);
	}

	ContactUpserted event() {
		return new ContactUpserted(this.id, this.clientId, this.ladderLevel, this.filter);
	}

}
