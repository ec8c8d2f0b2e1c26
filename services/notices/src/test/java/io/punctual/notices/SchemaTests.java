package io.punctual.notices;

import java.net.http.HttpResponse;

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

}
