package io.punctual.delivery.dispatch;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.punctual.shared.contract.AgreementTerms.Channel;
import io.punctual.shared.contract.AgreementTerms.Channels;
import io.punctual.shared.contract.AgreementTerms.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Which channels an obligation has to be kept by, and which it was kept by so far.
 *
 * @param required the channels that count; none: whatever arrives
 * @param all whether every one of them has to be reached
 * @param reached those that were
 */
public record Requirement(Set<Channel> required, boolean all, Set<Channel> reached) {

	/**
	 * What an agreement asks for.
	 * @param channels the agreement's channels; null without an agreement: best effort
	 */
	public static Requirement of(@Nullable Channels channels) {
		return (channels != null)
				? new Requirement(Set.copyOf(channels.required()), channels.rule() == Rule.ALL, Set.of())
				: new Requirement(Set.of(), false, Set.of());
	}

	static Requirement of(@Nullable String required, boolean all, @Nullable String reached) {
		return new Requirement(parse(required), all, parse(reached));
	}

	Requirement reach(Channel channel) {
		Set<Channel> more = EnumSet.of(channel);
		more.addAll(this.reached);
		return new Requirement(this.required, this.all, more);
	}

	/** Any: the first required channel; all: the last. */
	boolean isSatisfied() {
		if (this.required.isEmpty()) {
			return !this.reached.isEmpty();
		}
		return this.all ? this.reached.containsAll(this.required)
				: this.required.stream().anyMatch(this.reached::contains);
	}

	public boolean requires(Channel channel) {
		return this.required.contains(channel);
	}

	/** The required channels as a column keeps them; null: none. */
	public @Nullable String requiredColumn() {
		return column(this.required);
	}

	@Nullable String reachedColumn() {
		return column(this.reached);
	}

	private static @Nullable String column(Set<Channel> channels) {
		return channels.isEmpty() ? null
				: channels.stream().sorted().map(Channel::name).collect(Collectors.joining(","));
	}

	private static Set<Channel> parse(@Nullable String column) {
		return (column == null) ? Set.of()
				: List.of(column.split(",")).stream().map(Channel::valueOf).collect(Collectors.toSet());
	}

}
