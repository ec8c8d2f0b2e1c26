package io.punctual.local.mail;

import java.util.List;
import java.util.Optional;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows what was caught.
 */
@RestController
class MailController {

	private final MailCatcher catcher;

	MailController(MailCatcher catcher) {
		this.catcher = catcher;
	}

	@GetMapping("/mails")
	List<CaughtMail> mails(@RequestParam Optional<String> to) {
		return this.catcher.mails(to);
	}

	@DeleteMapping("/mails")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void forget() {
		this.catcher.forget();
	}

}
