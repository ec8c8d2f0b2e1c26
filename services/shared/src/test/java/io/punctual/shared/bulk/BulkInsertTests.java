package io.punctual.shared.bulk;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.punctual.shared.time.DatabaseTime;
import io.punctual.testing.database.TestSchema;
import io.punctual.testing.database.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BulkInsertTests {

	private static final Instant AT = Instant.parse("2026-03-29T01:30:00.123456Z");

	private static final BulkInsert POST = post().build();

	private static final BulkInsert REPOST = post()
		.ifPresent("parcel.note = VALUES(note), parcel.weight = VALUES(weight)")
		.build();

	private static JdbcTemplate jdbc;

	@BeforeAll
	static void start() {
		TestSchema schema = TestServer.shared().createSchema("bulk_insert");
		jdbc = new JdbcTemplate(new DriverManagerDataSource(schema.jdbcUrl(), schema.user(), schema.password()));
	}

	@AfterAll
	static void drop() {
		TestServer.shared().dropSchema("bulk_insert");
	}

	@BeforeEach
	void create() {
		jdbc.execute("DROP TABLE IF EXISTS parcel");
		jdbc.execute("""
				CREATE TABLE parcel (parcel_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
				  weight BIGINT NULL, state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
				  note VARCHAR(20) NULL, at DATETIME(6) NULL, late BOOLEAN NOT NULL) DEFAULT CHARACTER SET utf8mb4""");
	}

	@Test
	void addsWhatManyRowsHaveInCommonToEachOfThem() {
		BulkInsert.Rows rows = POST.rows();
		List<@Nullable Object> common = common("PENDING", "größer 🚚 \"1\"", true);
		for (int i = 0; i < 2500; i++) {
			rows.add(common, "p" + i, (i == 7) ? null : i);
		}
		rows.insert(jdbc);
		assertThat(
				count("state = 'PENDING' AND late AND at = '2026-03-29 01:30:00.123456' AND note = 'größer 🚚 \"1\"'"))
			.isEqualTo(2500);
		assertThat(count("parcel_id = CONCAT('p', weight)")).isEqualTo(2499);
		assertThat(count("parcel_id = 'p7' AND weight IS NULL")).isEqualTo(1);
	}

	@Test
	void addsFewAndManyTogether() {
		BulkInsert.Rows rows = POST.rows();
		for (int i = 0; i < 30; i++) {
			rows.add(common("PENDING", null, false), "many" + i, i);
			if (i % 10 == 0) {
				rows.add(common("DONE", "few" + i, true), "few" + i, i);
			}
		}
		rows.insert(jdbc);
		assertThat(count("state = 'PENDING' AND note IS NULL AND NOT late AND parcel_id = CONCAT('many', weight)"))
			.isEqualTo(30);
		assertThat(count("state = 'DONE' AND late AND parcel_id = note AND note = CONCAT('few', weight)")).isEqualTo(3);
	}

	@Test
	void refusesARowThatIsThereUnlessItIsToldWhatBecomesOfIt() {
		for (int size : List.of(1, 40)) {
			create();
			insert(POST, size, "first");
			assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> insert(POST, size, "second"));
			insert(REPOST, size, "second");
			assertThat(count("note = 'second'")).isEqualTo(size);
		}
	}

	@Test
	void refusesAValueThatDoesNotFitRatherThanCutIt() {
		for (int size : List.of(1, 40)) {
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> insert(POST, size, "longer than twenty characters"));
		}
	}

	@Test
	void keepsEveryCharacter() {
		BulkInsert noted = BulkInsert.into("parcel")
			.own("parcel_id", BulkUpdate.Type.CODE)
			.own("note", BulkUpdate.Type.LONG_TEXT)
			.common("state", "late")
			.build();
		String strange = "\0\t\n\r\\\"'%_[é🚚\uFFFD\u0001";
		for (int size : List.of(1, 40)) {
			create();
			BulkInsert.Rows rows = noted.rows();
			for (int i = 0; i < size; i++) {
				rows.add(List.of("DONE", true), "p" + i, strange);
			}
			rows.insert(jdbc);
			assertThat(jdbc.queryForList("SELECT note FROM parcel", String.class)).hasSize(size).containsOnly(strange);
		}
	}

	@Test
	void refusesARowOfAnotherShape() {
		BulkInsert.Rows rows = POST.rows();
		assertThatIllegalArgumentException().isThrownBy(() -> rows.add(common("DONE", null, true), "a"));
		assertThatIllegalArgumentException().isThrownBy(() -> rows.add(List.of("DONE"), "a", 1));
	}

	private static void insert(BulkInsert insert, int size, String note) {
		BulkInsert.Rows rows = insert.rows();
		for (int i = 0; i < size; i++) {
			rows.add(common("PENDING", note, true), "p" + i, i);
		}
		rows.insert(jdbc);
	}

	private static BulkInsert.Builder post() {
		return BulkInsert.into("parcel")
			.own("parcel_id", BulkUpdate.Type.CODE)
			.own("weight", BulkUpdate.Type.NUMBER)
			.common("state", "note", "at", "late");
	}

	private static List<@Nullable Object> common(String state, @Nullable String note, boolean late) {
		return Arrays.<@Nullable Object>asList(state, note, DatabaseTime.toColumn(AT), late);
	}

	private static int count(String condition) {
		Integer count = jdbc.queryForObject("SELECT COUNT(*) FROM parcel WHERE " + condition, Integer.class);
		return (count != null) ? count : 0;
	}

}
