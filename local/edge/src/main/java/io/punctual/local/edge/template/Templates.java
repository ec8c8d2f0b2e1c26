package io.punctual.local.edge.template;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;

import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.gateway.Exchange;
import io.punctual.local.edge.gateway.GatewayException;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.app.event.ReferenceInsertionEventHandler;
import org.apache.velocity.context.Context;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.util.introspection.SecureUberspector;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Renders mapping templates. Unlike stock Velocity a reference without a value prints
 * nothing, and lists and maps print as JSON (recorded from AWS in LocalStack's
 * snapshots).
 */
public final class Templates {

	private final JsonMapper json = new JsonMapper();

	private final VelocityEngine engine = new VelocityEngine();

	public Templates() {
		this.engine.setProperty("introspector.uberspect.class", SecureUberspector.class.getName());
		this.engine.setProperty("resource.loaders", "string");
		this.engine.setProperty("resource.loader.string.class",
				"org.apache.velocity.runtime.resource.loader.StringResourceLoader");
		this.engine.init();
	}

	/**
	 * @param body what {@code $input} reads: the request's body, or the backend's answer
	 */
	public String render(String template, Exchange exchange, byte[] body) {
		VelocityContext context = new VelocityContext();
		context.put("input", new Input(exchange, body));
		context.put("context", new ContextView(exchange, ""));
		context.put("stageVariables", exchange.settings().variables());
		context.put("util", new Util());
		EventCartridge events = new EventCartridge();
		events.addEventHandler((ReferenceInsertionEventHandler) this::printed);
		events.attachToContext(context);
		try {
			StringWriter out = new StringWriter();
			this.engine.evaluate(context, out, exchange.operation().path(), template);
			return out.toString();
		}
		catch (VelocityException ex) {
			throw new GatewayException(ResponseType.DEFAULT_5XX, "Internal server error");
		}
	}

	private @Nullable Object printed(Context context, String reference, @Nullable Object value) {
		return switch (value) {
			case null -> "";
			case ContextView view -> "";
			case List<?> list -> this.json.writeValueAsString(list);
			case Map<?, ?> map -> this.json.writeValueAsString(map);
			default -> value;
		};
	}

}
