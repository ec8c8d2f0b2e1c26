package io.punctual.local.edge.gateway;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a request through API Gateway's steps: route, checks in their order, integration;
 * a step that refuses ends it.
 */
public final class Gateway {

	private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

	private final Routes routes;

	private final List<Consumer<Exchange>> checks;

	private final Function<Exchange, Answer> integration;

	private final GatewayAnswers answers;

	/**
	 * @param checks authorizer, API key, throttles and validation, in this order
	 * @param integration the cache with the integration behind it
	 */
	public Gateway(Routes routes, List<Consumer<Exchange>> checks, Function<Exchange, Answer> integration,
			GatewayAnswers answers) {
		this.routes = routes;
		this.checks = checks;
		this.integration = integration;
		this.answers = answers;
	}

	/**
	 * The answer to a request, whose body is read once it is let in.
	 */
	public Answer handle(Exchange exchange) {
		try {
			exchange.matched(this.routes.match(exchange.method(), exchange.path()));
			for (Consumer<Exchange> check : this.checks) {
				check.accept(exchange);
			}
			return this.integration.apply(exchange);
		}
		catch (GatewayException ex) {
			return this.answers.answer(ex, exchange);
		}
		catch (RuntimeException ex) {
			LOG.error("Request {} failed inside the edge", exchange.requestId(), ex);
			return this.answers.answer(GatewayException.internal(), exchange);
		}
	}

	/**
	 * The gateway's answer to a request that could not even be read.
	 */
	public Answer refuse(GatewayException error, Exchange exchange) {
		return this.answers.answer(error, exchange);
	}

}
