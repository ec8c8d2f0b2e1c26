package io.punctual.shared.release;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets a deployment see and change which release does the background work.
 */
@RestController
class ReleaseController {

	private final Releases releases;

	private final WorkGate gate;

	private final String self;

	ReleaseController(Releases releases, WorkGate gate, String self) {
		this.releases = releases;
		this.gate = gate;
		this.self = self;
	}

	@GetMapping("/internal/releases")
	View releases() {
		return new View(this.self, this.gate.isOpen(), this.releases.all());
	}

	@PostMapping("/internal/releases/{release}/activate")
	View activate(@PathVariable String release) {
		this.releases.activate(release);
		return releases();
	}

	@PostMapping("/internal/releases/{release}/reject")
	View reject(@PathVariable String release) {
		this.releases.reject(release);
		return releases();
	}

	/**
	 * The releases as this instance sees them.
	 *
	 * @param self this instance's release
	 * @param working whether this instance does background work
	 * @param releases all that the schema knows
	 */
	record View(String self, boolean working, List<Release> releases) {
	}

}
