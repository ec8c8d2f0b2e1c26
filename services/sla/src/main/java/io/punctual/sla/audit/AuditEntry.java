package io.punctual.sla.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

import io.punctual.shared.contract.AuditRecorded.Actor;
import io.punctual.shared.contract.AuditRecorded.Outcome;

/**
 * An entry in its place of the chain.
 *
 * @param auditId the entry
 * @param source the service that did it
 * @param number its place among the source's entries, from 1
 * @param at when
 * @param actor who
 * @param action what, as the API document names it
 * @param outcome what became of it
 * @param correlationId of the request
 * @param about the ids of what it was about
 * @param previousHash the hash of the entry before it, zeros before the first
 * @param hash its own
 */
record AuditEntry(String auditId, String source, long number, Instant at, Actor actor, String action, Outcome outcome,
		String correlationId, List<String> about, String previousHash, String hash) {

	static final String FIRST = "0".repeat(64);

	/** SHA-256 over the lines of all that it says, with the hash before it. */
	static String hash(String previousHash, String source, long number, String auditId, Instant at, Actor actor,
			String action, Outcome outcome, String correlationId, List<String> about) {
		String text = String.join("\n", previousHash, source, String.valueOf(number), auditId, at.toString(),
				actor.kind().name(), actor.subject(), Objects.requireNonNullElse(actor.name(), ""),
				Objects.requireNonNullElse(actor.clientId(), ""), action, outcome.name(), correlationId,
				String.join(",", about));
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean isIntact() {
		return this.hash.equals(hash(this.previousHash, this.source, this.number, this.auditId, this.at, this.actor,
				this.action, this.outcome, this.correlationId, this.about));
	}

}
