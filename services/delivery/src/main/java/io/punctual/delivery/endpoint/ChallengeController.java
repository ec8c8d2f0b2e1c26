package io.punctual.delivery.endpoint;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Challenges a verified endpoint in the request that asks for it, so that a release which
 * may not work yet shows that it can open a secret, sign, and reach a receiver. Nothing
 * is stored and nobody is told.
 */
@RestController
class ChallengeController {

	private final Endpoints endpoints;

	private final EndpointChecker checker;

	ChallengeController(Endpoints endpoints, EndpointChecker checker) {
		this.endpoints = endpoints;
		this.checker = checker;
	}

	@PostMapping("/internal/endpoints/{endpointId}/challenge")
	Result challenge(@PathVariable String endpointId) {
		Endpoint endpoint = this.endpoints.find(endpointId);
		if (endpoint == null || endpoint.contact() != null) {
			throw ProblemException.notFound(endpointId);
		}
		String obstacle = endpoint.obstacle();
		if (obstacle != null) {
			throw ProblemException.of(ProblemType.ENDPOINT_UNVERIFIED, obstacle);
		}
		String failure = this.checker.challenge(endpoint);
		return new Result(failure == null, failure);
	}

	/**
	 * What came of it.
	 *
	 * @param passed whether the challenge came back
	 * @param failure why not
	 */
	record Result(boolean passed, @Nullable String failure) {
	}

}
