package io.punctual.shared.problem;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;

/**
 * Writes a problem document from where no controller advice reaches: filters.
 */
public class ProblemWriter {

	private final JsonMapper json;

	public ProblemWriter(JsonMapper json) {
		this.json = json;
	}

	/**
	 * Answers with the problem, unless an answer is already on its way.
	 * @param problem what to say
	 * @param request the refused request
	 * @param response its answer; headers that were set stay
	 * @throws IOException if the caller has gone
	 */
	public void write(ProblemException problem, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (response.isCommitted()) {
			return;
		}
		byte[] body = this.json.writeValueAsBytes(ProblemDocument.of(problem, request));
		response.setStatus(problem.type().status().value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
