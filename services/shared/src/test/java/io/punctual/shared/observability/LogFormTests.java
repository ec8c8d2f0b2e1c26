package io.punctual.shared.observability;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.punctual.shared.id.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMDCAdapter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fields of a log line that filters and people's queries build on.
 */
class LogFormTests {

	private final LoggedIds ids = new LoggedIds();

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@ParameterizedTest
	@CsvSource({ "ecs, /log/level, /log/logger, /service/name", "logstash, /level, /logger_name, ''" })
	void hasTheSameFieldsWhateverIsSaid(String format, String level, String logger, String service) {
		MDC.put(Correlation.MDC_KEY, "cor-1");
		MDC.put("noticeId", "not_1");
		JsonNode line = line(format);
		assertThat(line.at("/@timestamp").asString()).isNotBlank();
		assertThat(line.at(level).asString()).isEqualTo("WARN");
		assertThat(line.at(logger).asString()).isEqualTo("audit");
		assertThat(line.at("/message").asString()).isEqualTo("somebody DENIED\nsomething");
		assertThat(line.at("/correlationId").asString()).isEqualTo("cor-1");
		assertThat(line.at("/noticeId").asString()).isEqualTo("not_1");
		if (!service.isEmpty()) {
			assertThat(line.at(service).asString()).isEqualTo("delivery");
			assertThat(line.at("/audit/outcome").asString()).isEqualTo("DENIED");
		}
	}

	@Test
	void aRequestsPathNamesWhatItsLinesAreAbout() {
		String notice = Ids.next("not");
		this.request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
				Map.of("noticeId", notice, "version", "3", "clientId", "not\nan id"));
		this.ids.preHandle(this.request, new MockHttpServletResponse(), this);
		assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("noticeId", notice));
		this.ids.afterCompletion(this.request, new MockHttpServletResponse(), this, null);
		assertThat(MDC.get("noticeId")).isNull();
	}

	private static JsonNode line(String format) {
		LoggerContext context = new LoggerContext();
		context.setMDCAdapter(new BasicMDCAdapter());
		context.putObject(Environment.class.getName(),
				new MockEnvironment().withProperty("spring.application.name", "delivery"));
		StructuredLogEncoder encoder = new StructuredLogEncoder();
		encoder.setContext(context);
		encoder.setFormat(format);
		encoder.start();
		LoggingEvent event = new LoggingEvent(LogFormTests.class.getName(), context.getLogger("audit"), Level.WARN,
				"somebody DENIED\nsomething", null, null);
		event.setMDCPropertyMap(MDC.getCopyOfContextMap());
		event.addKeyValuePair(new KeyValuePair("audit.outcome", "DENIED"));
		String text = new String(encoder.encode(event), StandardCharsets.UTF_8);
		assertThat(text.strip()).doesNotContain("\n");
		return JsonMapper.shared().readTree(text);
	}

}
