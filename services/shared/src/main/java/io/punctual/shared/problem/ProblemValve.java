package io.punctual.shared.problem;

import java.io.IOException;

import io.punctual.shared.observability.Correlation;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;

/**
 * Answers for Tomcat itself, which refuses an address that it cannot read before any
 * filter has seen it: its own answer would be a page.
 */
class ProblemValve extends ErrorReportValve {

	private static final int FIRST_ERROR = 400;

	private final ProblemWriter problems;

	ProblemValve(ProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		if (response.getStatus() < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
			return;
		}
		String id = Correlation.next();
		response.setHeader(Correlation.HEADER, id);
		try (Correlation.Scope _ = Correlation.open(id)) {
			this.problems.write(ProblemHandler.ofStatus(HttpStatusCode.valueOf(response.getStatus())), request,
					response);
			response.finishResponse();
		}
		catch (IOException ex) {
			// The caller has gone.
		}
	}

}
