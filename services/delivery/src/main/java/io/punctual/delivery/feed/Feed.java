package io.punctual.delivery.feed;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.punctual.delivery.webhook.WebhookBody;
import io.punctual.shared.contract.MaintenanceWindow;
import org.jspecify.annotations.Nullable;

/**
 * A page of a client's feed (JSON Feed 1.1), the oldest first.
 */
record Feed(String version, String title, @JsonProperty("next_url") @Nullable String nextUrl, List<Item> items) {

	static final String MEDIA_TYPE = "application/feed+json";

	static Feed of(List<Item> items, @Nullable String nextUrl) {
		return new Feed("https://jsonfeed.org/version/1.1", "Updates", nextUrl, items);
	}

	/**
	 * One update.
	 */
	record Item(String id, String title, @JsonProperty("content_text") String contentText,
			@JsonProperty("date_published") Instant datePublished, @JsonProperty("_punctual") Extension punctual) {
	}

	/**
	 * What JSON Feed has no word for.
	 */
	record Extension(long clientSeq, String obligationId, String noticeId, String kind, String severity, String state,
			@Nullable Instant dueAt, @Nullable Instant acknowledgedAt, boolean drill, boolean closing,
			@Nullable MaintenanceWindow window, WebhookBody.@Nullable Statement statement) {
	}

}
