package io.punctual.clients.contact;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BiFunction;

import io.punctual.clients.support.FilterColumn;
import io.punctual.clients.support.FilterForm;
import io.punctual.shared.contract.ContactUpserted;
import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.id.Ids;
import io.punctual.shared.secret.AesGcm;
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

	private static final SecureRandom RANDOM = new SecureRandom();

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

	/** Under it evidence keeps the address, and nothing opens it once this is gone. */
	private byte @Nullable [] evidenceKey;

	private Instant createdAt;

	private Instant updatedAt;

	@SuppressWarnings("NullAway.Init")
	protected Contact() {
	}

	Contact(String clientId, ContactController.Form form, Instant now) {
		this.id = Ids.next("con");
		this.evidenceKey = newKey();
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
		if (this.evidenceKey == null) {
			// Made by a release that knew of none.
			this.evidenceKey = newKey();
		}
	}

	private static byte[] newKey() {
		byte[] key = new byte[AesGcm.KEY_BYTES];
		RANDOM.nextBytes(key);
		return key;
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

	/**
	 * What others are told, the address sealed by the given function of mailbox and
	 * contact.
	 */
	ContactUpserted event(BiFunction<ContactUpserted.Mailbox, String, String> seal) {
		byte[] key = this.evidenceKey;
		String mailbox = (key != null) ? seal.apply(new ContactUpserted.Mailbox(this.email, key), this.id) : null;
		return new ContactUpserted(this.id, this.clientId, this.ladderLevel, this.filter, mailbox);
	}

}
