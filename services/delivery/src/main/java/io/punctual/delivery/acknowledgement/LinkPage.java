package io.punctual.delivery.acknowledgement;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.punctual.shared.contract.UpdatePublished;

import org.springframework.web.util.HtmlUtils;

/**
 * The pages behind a mail's link.
 */
final class LinkPage {

	private LinkPage() {
	}

	static String question(UpdatePublished said) {
		return page(HtmlUtils.htmlEscape(said.title()), "<p>" + HtmlUtils.htmlEscape(said.text()).replace("\n", "<br>")
				+ "</p><form method=\"post\"><button type=\"submit\">I have taken note</button></form>");
	}

	static String done(Instant at) {
		return page("Thank you", "<p>Taken note of at " + at.truncatedTo(ChronoUnit.SECONDS) + ".</p>");
	}

	static String unknown() {
		return page("This link leads nowhere",
				"<p>It may have been cut, or whom it was sent to is no longer known.</p>");
	}

	private static String page(String title, String content) {
		return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
				+ "content=\"width=device-width\"><title>" + title + "</title></head><body><h1>" + title + "</h1>"
				+ content + "</body></html>\n";
	}

}
