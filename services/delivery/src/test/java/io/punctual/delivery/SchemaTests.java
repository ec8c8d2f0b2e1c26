package io.punctual.delivery;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.punctual.testing.Instance;
import io.punctual.testing.SchemaContract;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaTests extends SchemaContract {

	@Override
	protected Class<?> application() {
		return DeliveryApplication.class;
	}

	@Override
	protected void worksWithTheDataOfRelease1(Instance service) {
		HttpResponse<String> answer = service.get("/v1/deliveries/dlv_00000000000000000000000001/attempts");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(answer.body()).contains("\"address\":\"192.0.2.1:443\"");
	}

	@Override
	protected Map<String, Long> checked() {
		return Map.of("obligations", 1L);
	}

	@Override
	protected List<Fault> faults() {
		return List.of(
				new Fault("UPDATE obligation SET client_seq = 2", "UPDATE obligation SET client_seq = 1",
						"1 obligations from 2 to 2"),
				new Fault("UPDATE client_stream SET last_seq = 2", "UPDATE client_stream SET last_seq = 1",
						"cli_00000000000000000000000001"));
	}

}
