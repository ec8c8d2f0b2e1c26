package io.punctual.local.edge;

import io.punctual.local.edge.document.DocumentException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says at start what is wrong with a document, with its line, instead of a stack trace.
 */
class DocumentFailureAnalyzer extends AbstractFailureAnalyzer<DocumentException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, DocumentException cause) {
		return new FailureAnalysis(cause.getMessage(), "See what is supported in the edge's README.", cause);
	}

}
