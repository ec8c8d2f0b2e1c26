package io.punctual.delivery.endpoint;

import java.util.List;
import java.util.Set;

import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.ContactRemoved;
import io.punctual.shared.contract.ContactUpserted;
import io.punctual.shared.contract.EndpointTestRequested;
import io.punctual.shared.contract.EndpointUpserted;
import io.punctual.shared.contract.EndpointVerificationRequested;
import io.punctual.shared.contract.OnCallChanged;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;

import org.springframework.stereotype.Component;

/**
 * Keeps the replica of endpoints, contacts and who is on call, and takes orders for
 * challenges and tests.
 */
@Component
class ClientsSubscriber implements EventSubscriber {

	private final Endpoints endpoints;

	private final EndpointChecks checks;

	private final OnCall onCall;

	ClientsSubscriber(Endpoints endpoints, EndpointChecks checks, OnCall onCall) {
		this.endpoints = endpoints;
		this.checks = checks;
		this.onCall = onCall;
	}

	@Override
	public String source() {
		return "clients";
	}

	@Override
	public Set<String> types() {
		return Set.of(ClientUpserted.TYPE, ContactUpserted.TYPE, ContactRemoved.TYPE, EndpointUpserted.TYPE,
				EndpointVerificationRequested.TYPE, EndpointTestRequested.TYPE, OnCallChanged.TYPE);
	}

	@Override
	public Set<String> ignores() {
		return Set.of("component.upserted", "entitlement.granted", "entitlement.revoked", "agreement.assigned",
				"credential.upserted");
	}

	@Override
	public void apply(List<Event> events) {
		for (Event event : events) {
			switch (event.type()) {
				case ClientUpserted.TYPE -> {
					ClientUpserted client = event.data(ClientUpserted.class);
					this.endpoints.saveClient(client.clientId(), client.state() == ClientUpserted.State.REMOVED);
				}
				case EndpointUpserted.TYPE -> this.endpoints.save(event.data(EndpointUpserted.class));
				case ContactUpserted.TYPE -> this.endpoints.save(event.data(ContactUpserted.class));
				case ContactRemoved.TYPE -> this.endpoints.forget(event.data(ContactRemoved.class));
				case OnCallChanged.TYPE -> this.onCall.is(event.data(OnCallChanged.class).clientId());
				case EndpointVerificationRequested.TYPE -> {
					EndpointVerificationRequested request = event.data(EndpointVerificationRequested.class);
					this.checks.order(request.verificationId(), request.endpointId(), request.clientId(),
							EndpointChecks.Kind.CHALLENGE);
				}
				case EndpointTestRequested.TYPE -> {
					EndpointTestRequested request = event.data(EndpointTestRequested.class);
					this.checks.order(request.testId(), request.endpointId(), request.clientId(),
							EndpointChecks.Kind.TEST);
				}
				default -> throw new IllegalStateException("Not asked for: " + event.type());
			}
		}
	}

}
