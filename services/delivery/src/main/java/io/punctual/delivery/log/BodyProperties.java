package io.punctual.delivery.log;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is kept of receivers' answers.
 *
 * @param kept how long their bodies are kept
 * @param removal when older ones are removed, as a cron expression with seconds
 */
@ConfigurationProperties("punctual.delivery.bodies")
record BodyProperties(@DefaultValue("90d") Duration kept, @DefaultValue("0 * * * * *") String removal) {
}
