package io.punctual.clients.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.punctual.clients.support.FilterColumn;
import io.punctual.clients.support.FilterForm;
import io.punctual.shared.contract.EndpointUpserted;
import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.id.Ids;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/**
 * A client's webhook. {@code clients} owns these states; whether a verified one is
 * failing is {@code delivery}'s to say.
 */
@Entity(name = "endpoint")
class Endpoint {

	/** How long a replaced secret still signs. */
	static final Duration OVERLAP = Duration.ofHours(24);

	@Id
	private String id;

	private String clientId;

	private String url;

	private @Nullable String description;

	@Enumerated(EnumType.STRING)
	private EndpointUpserted.State state;

	@Convert(converter = FilterColumn.class)
	private NoticeFilter filter;

	private int ratePerSecond;

	/** The challenge that is open. */
	private @Nullable String verificationId;

	private @Nullable Instant verifiedAt;

	private @Nullable String failureReason;

	/** The test that was asked for last, and what came of it. */
	private @Nullable String testId;

	private @Nullable Instant testedAt;

	private @Nullable String testFailure;

	@Version
	private @Nullable Long version;

	private Instant createdAt;

	private Instant updatedAt;

	@OneToMany(cascade = CascadeType.ALL, orphanRemoval = true, fetch = FetchType.EAGER)
	@JoinColumn(name = "endpoint_id", nullable = false)
	@OrderBy("id desc")
	private List<EndpointSecret> secrets = new ArrayList<>();

	@SuppressWarnings("NullAway.Init")
	protected Endpoint() {
	}

	Endpoint(String clientId, String url, EndpointController.Form form, Instant now) {
		this.id = Ids.next("end");
		this.clientId = clientId;
		this.url = url;
		this.description = form.description();
		this.state = EndpointUpserted.State.UNVERIFIED;
		this.filter = FilterForm.toFilter(form.filter());
		this.ratePerSecond = Objects.requireNonNullElse(form.ratePerSecond(), 50);
		this.createdAt = now;
		this.updatedAt = now;
	}

	void change(EndpointController.Change change, Instant now) {
		refuseGone();
		this.description = (change.description() != null) ? change.description() : this.description;
		this.filter = (change.filter() != null) ? FilterForm.toFilter(change.filter()) : this.filter;
		this.ratePerSecond = Objects.requireNonNullElse(change.ratePerSecond(), this.ratePerSecond);
		if (change.paused() != null) {
			pause(change.paused());
		}
		this.updatedAt = now;
	}

	private void pause(boolean paused) {
		if (paused && this.state == EndpointUpserted.State.VERIFIED) {
			this.state = EndpointUpserted.State.PAUSED;
		}
		else if (!paused && this.state == EndpointUpserted.State.PAUSED) {
			this.state = EndpointUpserted.State.VERIFIED;
		}
		else if (paused && this.state == EndpointUpserted.State.UNVERIFIED) {
			throw unverified();
		}
	}

	/** Another address has to answer a challenge of its own. */
	boolean move(String url, Instant now) {
		if (this.url.equals(url)) {
			return false;
		}
		this.url = url;
		this.state = EndpointUpserted.State.UNVERIFIED;
		this.verifiedAt = null;
		this.updatedAt = now;
		return true;
	}

	/** From now on the answer to this challenge counts, and to no earlier one. */
	String challenge() {
		String challenge = Ids.next("ver");
		this.verificationId = challenge;
		return challenge;
	}

	boolean awaits(String verificationId) {
		return !isGone() && verificationId.equals(this.verificationId);
	}

	void verified(Instant at, Instant now) {
		if (this.state == EndpointUpserted.State.UNVERIFIED) {
			this.state = EndpointUpserted.State.VERIFIED;
			this.verifiedAt = at;
			this.failureReason = null;
			this.updatedAt = now;
		}
	}

	void verificationFailed(String reason, Instant now) {
		this.failureReason = reason.substring(0, Math.min(500, reason.length()));
		this.updatedAt = now;
	}

	/** From now on the result of this test counts, and of no earlier one. */
	String test() {
		String test = Ids.next("tst");
		this.testId = test;
		this.testedAt = null;
		this.testFailure = null;
		return test;
	}

	void tested(String testId, Instant at, @Nullable String failure) {
		if (testId.equals(this.testId)) {
			this.testedAt = at;
			this.testFailure = (failure != null) ? failure.substring(0, Math.min(500, failure.length())) : null;
		}
	}

	private EndpointController.@Nullable TestResult testResult() {
		return (this.testedAt != null)
				? new EndpointController.TestResult(this.testedAt, this.testFailure == null, this.testFailure) : null;
	}

	void gone(Instant now) {
		this.state = EndpointUpserted.State.GONE;
		this.updatedAt = now;
	}

	boolean isGone() {
		return this.state == EndpointUpserted.State.GONE;
	}

	void refuseGone() {
		if (isGone()) {
			throw ProblemException.of(ProblemType.CONFLICT, "The endpoint is gone; make a new one.");
		}
	}

	void refuseUnverified() {
		if (this.state == EndpointUpserted.State.UNVERIFIED) {
			throw unverified();
		}
	}

	private static ProblemException unverified() {
		return ProblemException.of(ProblemType.ENDPOINT_UNVERIFIED, "The endpoint has to answer its challenge first.");
	}

	void sign(EndpointSecret secret, Instant now) {
		this.secrets.removeIf((former) -> !former.signsAt(now));
		this.secrets.stream().filter(EndpointSecret::isNewest).forEach((former) -> former.retire(now.plus(OVERLAP)));
		this.secrets.addFirst(secret);
		this.updatedAt = now;
	}

	String id() {
		return this.id;
	}

	String clientId() {
		return this.clientId;
	}

	long version() {
		return Objects.requireNonNullElse(this.version, 0L);
	}

	EndpointController.View view(@Nullable String secret) {
		return new EndpointController.View(this.id, this.clientId, this.url, this.description, this.state, this.filter,
				this.ratePerSecond, this.verifiedAt, this.failureReason, testResult(), secret, this.createdAt,
				this.updatedAt);
	}

	EndpointUpserted event() {
		return new EndpointUpserted(this.id, this.clientId, this.url, this.state, this.filter, this.ratePerSecond,
				this.secrets.stream().map(EndpointSecret::event).toList());
	}

}
