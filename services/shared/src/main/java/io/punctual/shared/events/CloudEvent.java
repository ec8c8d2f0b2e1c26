package io.punctual.shared.events;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * An event as it travels: the JSON format of CloudEvents 1.0, with the extensions
 * {@code sequence} (its position), {@code correlationid} and {@code ignorable}.
 */
@JsonPropertyOrder({ "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "sequence",
		"correlationid", "ignorable", "data" })
record CloudEvent(String id, String source, String type, String subject, Instant time, String sequence,
		String correlationid, @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean ignorable,
		@JsonRawValue String data) {

	@JsonProperty
	String specversion() {
		return "1.0";
	}

	@JsonProperty
	String datacontenttype() {
		return "application/json";
	}

	static CloudEvent of(StoredEvent event, String epoch, String source) {
		return new CloudEvent(epoch + "-" + event.position(), source, event.type(), event.subject(), event.time(),
				Long.toString(event.position()), event.correlationId(), event.ignorable(), event.data());
	}

}
