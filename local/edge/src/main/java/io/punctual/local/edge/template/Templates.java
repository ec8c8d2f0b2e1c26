package io.punctual.local.edge.template;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.gateway.Exchange;
import io.punctual.local.edge.gateway.GatewayException;
import org.apache.velocity.Template;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.app.event.ReferenceInsertionEventHandler;
import org.apache.velocity.context.Context;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.runtime.RuntimeInstance;
import org.apache.velocity.runtime.parser.ParseException;
import org.apache.velocity.runtime.parser.node.SimpleNode;
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

	private final RuntimeInstance runtime = new RuntimeInstance();

	/** Templates come from the document: there are only so many. */
	private final Map<String, Template> parsed = new ConcurrentHashMap<>();

	public Templates() {
		this.runtime.setProperty("introspector.uberspect.class", SecureUberspector.class.getName());
		this.runtime.setProperty("resource.loaders", "string");
		this.runtime.setProperty("resource.loader.string.class",
				"org.apache.velocity.runtime.resource.loader.StringResourceLoader");
		this.runtime.init();
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
			this.parsed.computeIfAbsent(template, this::parse).merge(context, out);
			return out.toString();
		}
		catch (VelocityException ex) {
			throw new GatewayException(ResponseType.DEFAULT_5XX, "Internal server error");
		}
	}

	private Template parse(String text) {
		Template template = new Template();
		template.setRuntimeServices(this.runtime);
		template.setName("mapping");
		try {
			SimpleNode node = this.runtime.parse(new StringReader(text), template);
			Equality.teach(node);
			template.setData(node);
			template.initDocument();
			return template;
		}
		catch (ParseException ex) {
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
