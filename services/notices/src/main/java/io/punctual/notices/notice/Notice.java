package io.punctual.notices.notice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.punctual.notices.advisory.Advisory;
import io.punctual.notices.advisory.AdvisoryRules;
import io.punctual.shared.contract.MaintenanceWindow;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.id.Ids;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/**
 * Something that clients have to know: an incident, maintenance, an advisory or a
 * release. It guards its own state; what was said in it are {@link Updates}. Its version
 * counts every change, a new update included.
 */
@Entity
@Table(name = "notice")
@SuppressWarnings("NullAway.Init")
class Notice {

	@Id
	private String noticeId;

	@Enumerated(EnumType.STRING)
	private NoticeKind kind;

	@Enumerated(EnumType.STRING)
	private NoticeState state = NoticeState.DRAFT;

	@Enumerated(EnumType.STRING)
	private Severity severity;

	private String title;

	private boolean drill;

	private @Nullable Instant detectedAt;

	private Instant createdAt;

	private String createdBy;

	private Instant updatedAt;

	private @Nullable Instant publishedAt;

	private @Nullable Instant closedAt;

	private @Nullable Instant windowStart;

	private @Nullable Instant windowEnd;

	private @Nullable Integer windowSequence;

	@Convert(converter = AdvisoryColumn.class)
	private @Nullable Advisory advisory;

	private int lastSeq;

	@ElementCollection
	@CollectionTable(name = "notice_component", joinColumns = @JoinColumn(name = "notice_id"))
	@OrderColumn(name = "ordinal")
	@Column(name = "component_id")
	private List<String> components = new ArrayList<>();

	@Version
	private @Nullable Long version;

	protected Notice() {
	}

	/**
	 * A new draft.
	 */
	Notice(NoticeKind kind, Severity severity, String title, List<String> components, boolean drill,
			@Nullable Instant detectedAt, @Nullable MaintenanceWindow window, String createdBy, Instant now) {
		this.noticeId = Ids.next("not");
		this.kind = kind;
		this.severity = severity;
		this.title = title;
		this.components.addAll(components);
		this.drill = drill;
		this.detectedAt = detectedAt;
		plan(window);
		this.createdBy = createdBy;
		this.createdAt = now;
		this.updatedAt = now;
	}

	/**
	 * Changes a draft; what is null stays.
	 * @throws ProblemException 409 once something was said
	 */
	void edit(@Nullable String title, @Nullable Severity severity, @Nullable List<String> components,
			@Nullable Instant detectedAt, @Nullable MaintenanceWindow window, Instant now) {
		if (this.state != NoticeState.DRAFT) {
			throw ProblemException.of(ProblemType.CONFLICT, "Only drafts are edited; say it in an update.")
				.with("state", this.state);
		}
		if (detectedAt != null && this.detectedAt != null && !detectedAt.equals(this.detectedAt)) {
			throw ProblemException.invalid("/detectedAt", "is a fact that clocks were started by: it stays");
		}
		this.title = (title != null) ? title : this.title;
		this.severity = (severity != null) ? severity : this.severity;
		this.detectedAt = (detectedAt != null) ? detectedAt : this.detectedAt;
		plan(window);
		if (components != null) {
			replaceComponents(components);
		}
		this.updatedAt = now;
	}

	/**
	 * States what is wrong with which products; complete, not a change.
	 * @param wanted what is to be stated, or null to keep what was
	 * @param components the notice's components from now on, which the products are
	 * @throws ProblemException 422 for other kinds than advisories, and if it is wrong
	 */
	void advise(@Nullable Advisory wanted, List<String> components) {
		if (wanted != null && this.kind != NoticeKind.ADVISORY) {
			throw ProblemException.invalid("/advisory", "is for advisories only");
		}
		Advisory next = (wanted != null) ? wanted : this.advisory;
		if (next != null) {
			AdvisoryRules.check(next, components);
			this.advisory = next;
		}
	}

	/**
	 * The state that an update leads to.
	 * @param wanted the state asked for, or null to stay (a draft: to begin)
	 * @param correction whether the update corrects an earlier one, which needs no open
	 * state
	 * @return the state
	 * @throws ProblemException 409 illegal-transition with the allowed ones
	 */
	NoticeState next(@Nullable NoticeState wanted, boolean correction) {
		Lifecycle lifecycle = lifecycle();
		NoticeState target = (wanted != null) ? wanted
				: (this.state == NoticeState.DRAFT) ? lifecycle.first() : this.state;
		boolean stays = target == this.state && correction && this.publishedAt != null;
		if (!stays && !lifecycle.next(this.state).contains(target)) {
			throw illegal(target);
		}
		return target;
	}

	/**
	 * Takes note of an update and numbers it.
	 * @return its number, dense from 1
	 */
	int say(NoticeState state, String title, Severity severity, List<String> components,
			@Nullable MaintenanceWindow window, Instant publishedAt) {
		boolean wasClosing = lifecycle().isClosing(this.state);
		this.state = state;
		this.title = title;
		this.severity = severity;
		plan(window);
		if (!components.equals(this.components)) {
			replaceComponents(components);
		}
		this.publishedAt = (this.publishedAt != null) ? this.publishedAt : publishedAt;
		if (!lifecycle().isClosing(state)) {
			this.closedAt = null;
		}
		else if (!wasClosing) {
			this.closedAt = publishedAt;
		}
		this.updatedAt = publishedAt;
		return ++this.lastSeq;
	}

	/**
	 * Gives up a draft.
	 */
	void discard(Instant now) {
		if (this.state != NoticeState.DRAFT) {
			throw illegal(NoticeState.CANCELLED);
		}
		this.state = NoticeState.CANCELLED;
		this.closedAt = now;
		this.updatedAt = now;
	}

	ProblemException illegal(NoticeState target) {
		return ProblemException
			.of(ProblemType.ILLEGAL_TRANSITION,
					"A notice of kind " + this.kind + " cannot go from " + this.state + " to " + target + ".")
			.with("state", this.state)
			.with("allowed", List.copyOf(lifecycle().next(this.state)));
	}

	private void plan(@Nullable MaintenanceWindow window) {
		this.windowStart = (window != null) ? window.start() : null;
		this.windowEnd = (window != null) ? window.end() : null;
		this.windowSequence = (window != null) ? Integer.valueOf(window.sequence()) : null;
	}

	private void replaceComponents(List<String> components) {
		this.components.clear();
		this.components.addAll(components);
	}

	Lifecycle lifecycle() {
		return Lifecycle.of(this.kind);
	}

	String noticeId() {
		return this.noticeId;
	}

	NoticeKind kind() {
		return this.kind;
	}

	NoticeState state() {
		return this.state;
	}

	Severity severity() {
		return this.severity;
	}

	String title() {
		return this.title;
	}

	boolean isDrill() {
		return this.drill;
	}

	@Nullable Instant detectedAt() {
		return this.detectedAt;
	}

	Instant createdAt() {
		return this.createdAt;
	}

	String createdBy() {
		return this.createdBy;
	}

	Instant updatedAt() {
		return this.updatedAt;
	}

	@Nullable Instant publishedAt() {
		return this.publishedAt;
	}

	@Nullable Instant closedAt() {
		return this.closedAt;
	}

	@Nullable MaintenanceWindow window() {
		return (this.windowStart != null && this.windowEnd != null) ? new MaintenanceWindow(this.windowStart,
				this.windowEnd, (this.windowSequence != null) ? this.windowSequence : 0) : null;
	}

	@Nullable Advisory advisory() {
		return this.advisory;
	}

	int lastSeq() {
		return this.lastSeq;
	}

	List<String> components() {
		return List.copyOf(this.components);
	}

	boolean isNew() {
		return this.version == null;
	}

	long version() {
		return (this.version != null) ? this.version : 0;
	}

}
