package io.punctual.notices;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.punctual.testing.Instance;
import io.punctual.testing.SchemaContract;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaTests extends SchemaContract {

	@Override
	protected Class<?> application() {
		return NoticesApplication.class;
	}

	@Override
	protected void worksWithTheDataOfRelease1(Instance service) {
		HttpResponse<String> answer = service.get("/v1/notices/not_00000000000000000000000001");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(answer.body()).contains("\"title\":\"Errors in 東京\"");
	}

	@Override
	protected Map<String, Long> checked() {
		return Map.of("updates", 1L);
	}

	@Override
	protected List<Fault> faults() {
		return List.of(
				new Fault("UPDATE notice_update SET seq = 2", "UPDATE notice_update SET seq = 1",
						"1 updates from 2 to 2, and should have them from 1 to 1"),
				new Fault("UPDATE notice SET last_seq = 2", "UPDATE notice SET last_seq = 1",
						"not_00000000000000000000000001"));
	}

}
