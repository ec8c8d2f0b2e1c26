package io.punctual.shared.problem;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ValidationProblemsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "name|/name", "targets[0].target|/targets/0/target", "weekly[MON]|/weekly/MON",
					"weekly[MON].<map value>[1].<list element>|/weekly/MON/1", "tags[2].<list element>|/tags/2",
					"labels[a/b~c]|/labels/a~1b~0c", "''|''" })
	void turnsAPropertyPathIntoAPointer(String path, String pointer) {
		assertThat(ValidationProblems.pointer(path)).isEqualTo(pointer);
	}

}
