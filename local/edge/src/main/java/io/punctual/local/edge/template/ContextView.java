package io.punctual.local.edge.template;

import java.util.AbstractMap;
import java.util.Set;

import io.punctual.local.edge.gateway.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * {@code $context} of a template, and each branch of it; {@code requestOverride} and
 * {@code responseOverride} may be set.
 */
final class ContextView extends AbstractMap<String, Object> {

	private static final Set<String> BRANCHES = Set.of("identity", "authorizer", "authorizer.claims", "error",
			"integration", "requestOverride", "requestOverride.header", "requestOverride.querystring",
			"responseOverride", "responseOverride.header");

	private final Exchange exchange;

	private final String prefix;

	ContextView(Exchange exchange, String prefix) {
		this.exchange = exchange;
		this.prefix = prefix;
	}

	@Override
	public @Nullable Object get(Object key) {
		String name = this.prefix + key;
		String set = this.exchange.overrides().get(name);
		String value = (set != null) ? set : this.exchange.variable(name);
		if (value != null) {
			return value;
		}
		return BRANCHES.contains(name) ? new ContextView(this.exchange, name + ".") : null;
	}

	@Override
	public @Nullable Object put(String key, Object value) {
		return this.exchange.overrides().put(this.prefix + key, String.valueOf(value));
	}

	@Override
	public boolean containsKey(Object key) {
		return get(key) != null;
	}

	@Override
	public Set<Entry<String, Object>> entrySet() {
		return Set.of();
	}

}
