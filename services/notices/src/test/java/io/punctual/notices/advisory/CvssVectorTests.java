package io.punctual.notices.advisory;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Base scores of CVSS 3.1: every score that occurs, computed from the specification's
 * formula by somebody else.
 */
class CvssVectorTests {

	@ParameterizedTest
	@CsvFileSource(resources = "/cvss/base-scores-3.1.csv", numLinesToSkip = 1)
	void scoresAsTheSpecificationDoes(String text, double score, String severity) {
		CvssVector vector = CvssVector.parse(text);
		assertThat(vector.baseScore()).isEqualTo(score);
		assertThat(vector.severity()).isEqualTo(severity);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O/RC:C",
			"CVSS:3.0/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N" })
	void neitherOrderNorTemporalMetricsChangeTheBaseScore(String text) {
		assertThat(CvssVector.parse(text).baseScore()).isEqualTo(9.8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H",
			"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/A:H", "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
			"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/", "CVSS:3.1/av:n/ac:l/pr:n/ui:n/s:u/c:h/i:h/a:h",
			"CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
			"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:Q", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/ZZ:N",
			"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
			"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A: H", "" })
	void refusesWhatIsNoVector(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> CvssVector.parse(text));
	}

}
