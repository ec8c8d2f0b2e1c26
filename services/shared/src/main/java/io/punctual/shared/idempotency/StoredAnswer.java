package io.punctual.shared.idempotency;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * An answer as it was given to the first request with a key.
 *
 * @param status 200 to 299
 * @param headers the headers that the handler had set, such as {@code Location} and
 * {@code ETag}
 * @param body the body's JSON, or null if there was none
 */
record StoredAnswer(int status, Map<String, List<String>> headers, @Nullable String body) {

	static final String REPLAYED = "Idempotency-Replayed";

	ResponseEntity<Object> first() {
		return answer(new HttpHeaders());
	}

	ResponseEntity<Object> replayed() {
		HttpHeaders extra = new HttpHeaders();
		extra.set(REPLAYED, "true");
		return answer(extra);
	}

	private ResponseEntity<Object> answer(HttpHeaders all) {
		this.headers.forEach(all::put);
		ResponseEntity.BodyBuilder response = ResponseEntity.status(this.status).headers(all);
		if (this.body == null) {
			return response.build();
		}
		if (all.getContentType() == null) {
			response.contentType(MediaType.APPLICATION_JSON);
		}
		// Bytes, so that the first answer and the replayed ones are the same bytes.
		return response.body(this.body.getBytes(StandardCharsets.UTF_8));
	}

}
