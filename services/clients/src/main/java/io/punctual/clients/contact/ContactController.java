package io.punctual.clients.contact;

import java.net.URI;
import java.time.Instant;

import io.punctual.clients.client.Clients;
import io.punctual.clients.support.Changes;
import io.punctual.clients.support.FilterForm;
import io.punctual.clients.support.Keyset;
import io.punctual.shared.contract.ContactRemoved;
import io.punctual.shared.contract.ContactUpserted;
import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.security.ProviderWrite;
import io.punctual.shared.transaction.Transactions;
import io.punctual.shared.web.ETags;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v1/clients/{clientId}/contacts}. Addresses stay here: events carry them sealed
 * only.
 */
@RestController
@RequestMapping("/v1/clients/{clientId}/contacts")
class ContactController {

	private static final int MOST_CONTACTS = 200;

	private final Contacts contacts;

	private final Clients clients;

	private final Transactions transactions;

	private final Changes changes;

	private final Mailboxes mailboxes;

	ContactController(Contacts contacts, Clients clients, Transactions transactions, Changes changes,
			Mailboxes mailboxes) {
		this.contacts = contacts;
		this.clients = clients;
		this.transactions = transactions;
		this.changes = changes;
		this.mailboxes = mailboxes;
	}

	@PostMapping
	@ProviderWrite
	ResponseEntity<View> create(@PathVariable String clientId, @Valid @RequestBody Form form) {
		Contact contact = this.transactions.write(() -> {
			Instant now = this.changes.now();
			this.clients.saved(this.clients.changed(clientId, null, now));
			if (this.contacts.countByClientId(clientId) >= MOST_CONTACTS) {
				throw ProblemException.of(ProblemType.CONFLICT, "A client has up to " + MOST_CONTACTS + " contacts.");
			}
			return published(new Contact(clientId, form, now), now);
		});
		return ResponseEntity.created(URI.create("/v1/clients/" + clientId + "/contacts/" + contact.id()))
			.eTag(ETags.of(contact.version()))
			.body(contact.view());
	}

	@GetMapping
	@ProviderReadOrClient
	ResponseEntity<Page<View>> list(@PathVariable String clientId,
			@RequestParam(required = false) @Nullable Integer limit,
			@RequestParam(required = false) @Nullable String cursor, Caller caller, HttpServletRequest request) {
		this.clients.visible(clientId, caller);
		return PagedResponse.of(
				Keyset.page("contacts " + clientId, limit, cursor,
						(after, size) -> this.contacts.page(clientId, after, Limit.of(size)), Contact::view, View::id),
				request);
	}

	@GetMapping("/{contactId}")
	@ProviderReadOrClient
	ResponseEntity<View> get(@PathVariable String clientId, @PathVariable String contactId, Caller caller) {
		this.clients.visible(clientId, caller);
		return answer(find(clientId, contactId));
	}

	@PatchMapping("/{contactId}")
	@ProviderWrite
	ResponseEntity<View> change(@PathVariable String clientId, @PathVariable String contactId,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody Change change) {
		return answer(this.transactions.write(() -> {
			Instant now = this.changes.now();
			this.clients.saved(this.clients.changed(clientId, null, now));
			Contact contact = find(clientId, contactId);
			ETags.requireMatch(ifMatch, contact.version());
			contact.change(change, now);
			return published(contact, now);
		}));
	}

	@DeleteMapping("/{contactId}")
	@ProviderWrite
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable String clientId, @PathVariable String contactId) {
		this.transactions.write(() -> {
			Instant now = this.changes.now();
			this.clients.saved(this.clients.changed(clientId, null, now));
			this.contacts.delete(find(clientId, contactId));
			this.changes.publish(ContactRemoved.TYPE, contactId, now, new ContactRemoved(contactId, clientId));
		});
	}

	private Contact published(Contact contact, Instant now) {
		Contact saved = this.contacts.saveAndFlush(contact);
		this.changes.publish(ContactUpserted.TYPE, saved.id(), now, this.mailboxes.event(saved));
		return saved;
	}

	private Contact find(String clientId, String id) {
		return this.contacts.findByIdAndClientId(id, clientId).orElseThrow(() -> ProblemException.notFound(id));
	}

	private static ResponseEntity<View> answer(Contact contact) {
		return ResponseEntity.ok().eTag(ETags.of(contact.version())).body(contact.view());
	}

	record Form(@NotBlank @Size(max = 200) String name, @NotBlank @Email @Size(max = 254) String email,
			@Nullable @Min(1) @Max(9) Integer level, @Nullable @Valid FilterForm filter) {
	}

	record Change(@Nullable @Size(min = 1, max = 200) String name, @Nullable @Email @Size(max = 254) String email,
			@Nullable @Min(1) @Max(9) Integer level, @Nullable @Valid FilterForm filter) {
	}

	record View(String id, String clientId, String name, String email, int level, NoticeFilter filter,
			Instant createdAt, Instant updatedAt) {
	}

}
