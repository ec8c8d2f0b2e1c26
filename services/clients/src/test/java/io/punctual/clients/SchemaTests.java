package io.punctual.clients;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.punctual.testing.Instance;
import io.punctual.testing.SchemaContract;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaTests extends SchemaContract {

	@Override
	protected Class<?> application() {
		return ClientsApplication.class;
	}

	@Override
	protected void worksWithTheDataOfRelease1(Instance service) {
		HttpResponse<String> answer = service.get("/v1/clients/cli_00000000000000000000000001");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(answer.body()).contains("\"name\":\"Zoë & Söhne 東京\"");
	}

	@Override
	protected Map<String, Long> checked() {
		return Map.of("agreementVersions", 1L, "calendarVersions", 1L);
	}

	@Override
	protected List<Fault> faults() {
		return List.of(
				new Fault("UPDATE agreement SET latest = 2", "UPDATE agreement SET latest = 1",
						"agr_00000000000000000000000001 has 1 agreementVersions"),
				new Fault("UPDATE calendar SET latest = 2", "UPDATE calendar SET latest = 1",
						"cal_00000000000000000000000247 has 1 calendarVersions"));
	}

}
