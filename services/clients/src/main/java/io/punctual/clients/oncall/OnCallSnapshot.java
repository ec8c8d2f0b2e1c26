package io.punctual.clients.oncall;

import java.util.function.Consumer;

import io.punctual.shared.contract.OnCallChanged;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.events.SnapshotSource;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Who is on call, for readers that come late.
 */
@Component
@Order(6)
class OnCallSnapshot implements SnapshotSource {

	private final OnCallStore store;

	OnCallSnapshot(OnCallStore store) {
		this.store = store;
	}

	@Override
	public void writeTo(Consumer<NewEvent> out) {
		OnCall onCall = this.store.get();
		out.accept(new NewEvent(OnCallChanged.TYPE, "on-call", onCall.changedAt(), new OnCallChanged(onCall.clientId()))
			.ignorable());
	}

}
