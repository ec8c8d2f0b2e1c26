package io.punctual.shared.web;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Answers with a page and, if there is another, a relative {@code Link: rel="next"} (RFC
 * 8288).
 */
public final class PagedResponse {

	private PagedResponse() {
	}

	/**
	 * The answer for a page.
	 * @param <T> what is listed
	 * @param page the page
	 * @param request the request for it, whose other parameters the link repeats
	 * @return 200
	 */
	public static <T> ResponseEntity<Page<T>> of(Page<T> page, HttpServletRequest request) {
		ResponseEntity.BodyBuilder response = ResponseEntity.ok();
		if (page.next() != null) {
			String query = UriComponentsBuilder.newInstance()
				.query(request.getQueryString())
				.replaceQueryParam("cursor", page.next())
				.build()
				.toUriString();
			response.header(HttpHeaders.LINK, '<' + query + ">; rel=\"next\"");
		}
		return response.body(page);
	}

}
