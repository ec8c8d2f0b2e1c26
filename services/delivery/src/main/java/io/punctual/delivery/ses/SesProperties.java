package io.punctual.delivery.ses;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Mail by Amazon SES.
 *
 * @param configurationSet the configuration set, which says where SES tells what becomes
 * of mails; without one SES is not used
 * @param eventsQueue the address of the queue in which it tells it
 */
@ConfigurationProperties("punctual.ses")
record SesProperties(@Nullable String configurationSet, @Nullable String eventsQueue) {
}
