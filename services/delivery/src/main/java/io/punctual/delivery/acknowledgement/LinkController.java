package io.punctual.delivery.acknowledgement;

import java.util.List;
import java.util.Optional;

import io.punctual.delivery.acknowledgement.Acknowledgements.Acknowledgement;
import io.punctual.delivery.dispatch.Updates;
import io.punctual.delivery.mail.AcknowledgementLinks;
import io.punctual.delivery.mail.AcknowledgementLinks.Holder;
import io.punctual.shared.audit.Audit;
import io.punctual.shared.security.OpenPaths;
import io.punctual.shared.transaction.Transactions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a mail's link leads. Looking at the page changes nothing, since scanners follow
 * links; its button does.
 */
@RestController
@RequestMapping("/v1/acknowledgements/{token}")
class LinkController {

	private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

	private final AcknowledgementLinks links;

	private final Acknowledgements acknowledgements;

	private final Updates updates;

	private final Transactions transactions;

	LinkController(AcknowledgementLinks links, Acknowledgements acknowledgements, Updates updates,
			Transactions transactions) {
		this.links = links;
		this.acknowledgements = acknowledgements;
		this.updates = updates;
		this.transactions = transactions;
	}

	@GetMapping
	ResponseEntity<String> page(@PathVariable String token) {
		Optional<Holder> holder = this.links.find(token);
		if (holder.isEmpty()) {
			return answer(HttpStatus.NOT_FOUND, LinkPage.unknown());
		}
		Acknowledgements.Obligation obligation = this.acknowledgements.find(holder.get().obligationId(),
				holder.get().clientId());
		Acknowledgement earlier = obligation.acknowledged();
		return answer(HttpStatus.OK, (earlier != null) ? LinkPage.done(earlier.acknowledgedAt())
				: LinkPage.question(this.updates.get(obligation.updateId()).update()));
	}

	@PostMapping
	ResponseEntity<String> acknowledge(@PathVariable String token) {
		Optional<Holder> found = this.links.find(token);
		if (found.isEmpty()) {
			return answer(HttpStatus.NOT_FOUND, LinkPage.unknown());
		}
		Holder holder = found.get();
		Audit.by(holder.contactId(), holder.clientId());
		Acknowledgement done = this.transactions.write(() -> {
			Audit.about(holder.obligationId());
			return this.acknowledgements.acknowledge(holder.obligationId(), holder.clientId(), holder.contactId(),
					"MAIL");
		});
		return answer(HttpStatus.OK, LinkPage.done(done.acknowledgedAt()));
	}

	private static ResponseEntity<String> answer(HttpStatus status, String page) {
		return ResponseEntity.status(status)
			.contentType(HTML)
			.cacheControl(CacheControl.noStore())
			.header("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
			// Otherwise the token's dots look like a file's name, and the page like a
			// download.
			.header("Content-Disposition", "inline")
			.header("Referrer-Policy", "no-referrer")
			.header("X-Robots-Tag", "noindex")
			.body(page);
	}

	/**
	 * Whoever has the link needs no token.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Open {

		@Bean
		OpenPaths openAcknowledgementLinks() {
			return new OpenPaths(List.of("/v1/acknowledgements/*"));
		}

	}

}
