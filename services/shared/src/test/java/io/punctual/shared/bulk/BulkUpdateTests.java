package io.punctual.shared.bulk;

import java.time.Instant;
import java.util.ArrayList;
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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BulkUpdateTests {

	private static final BulkUpdate SETTLE = BulkUpdate.of("parcel", "parcel_id")
		.set("state", BulkUpdate.Type.CODE)
		.set("note", BulkUpdate.Type.TEXT)
		.set("at", BulkUpdate.Type.INSTANT)
		.value("more", BulkUpdate.Type.NUMBER)
		.set("late", BulkUpdate.Type.BOOLEAN)
		.setting("tries = t.tries + v.more")
		.where("t.state = 'PENDING'");

	private static JdbcTemplate jdbc;

	@BeforeAll
	static void start() {
		TestSchema schema = TestServer.shared().createSchema("bulk");
		jdbc = new JdbcTemplate(new DriverManagerDataSource(schema.jdbcUrl(), schema.user(), schema.password()));
	}

	@AfterAll
	static void drop() {
		TestServer.shared().dropSchema("bulk");
	}

	@BeforeEach
	void fill() {
		jdbc.execute("DROP TABLE IF EXISTS parcel");
		jdbc.execute("""
				CREATE TABLE parcel (parcel_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
				  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, note VARCHAR(20) NULL,
				  at DATETIME(6) NULL, tries INT NOT NULL, late BOOLEAN NOT NULL) DEFAULT CHARACTER SET utf8mb4""");
		jdbc.update("INSERT INTO parcel VALUES ('a', 'PENDING', 'old', UTC_TIMESTAMP(6), 1, FALSE),"
				+ " ('b', 'PENDING', NULL, NULL, 2, TRUE), ('c', 'DONE', 'kept', NULL, 3, FALSE)");
	}

	@Test
	void givesEachRowValuesOfItsOwn() {
		Instant at = Instant.parse("2026-03-29T01:30:00.123456Z");
		int changed = SETTLE.run(jdbc,
				List.of(row("a", "DONE", "größer 🚚 \"1\"", at, 1, true), row("b", "GONE", null, null, 2, false)));
		assertThat(changed).isEqualTo(2);
		assertThat(rows()).containsExactly("a DONE größer 🚚 \"1\" 2026-03-29T01:30:00.123456Z 2 true",
				"b GONE null null 4 false", "c DONE kept null 3 false");
	}

	@Test
	void leavesOutWhatTheConditionExcludesAndWhatIsNotThere() {
		int changed = SETTLE.run(jdbc,
				List.of(row("c", "GONE", "new", null, 1, true), row("nobody", "GONE", null, null, 1, true)));
		assertThat(changed).isZero();
		assertThat(rows()).contains("c DONE kept null 3 false");
	}

	@Test
	void refusesAValueThatDoesNotFitRatherThanCutIt() {
		List<@Nullable Object[]> rows = List.of(row("a", "DONE", null, null, 1, true),
				row("b", "DONE", "longer than twenty characters", null, 1, true));
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> SETTLE.run(jdbc, rows));
		assertThat(rows()).anyMatch((row) -> row.startsWith("a PENDING"));
		List<@Nullable Object[]> word = List
			.<@Nullable Object[]>of(new @Nullable Object[] { "a", "x".repeat(101), null, null, 1, true });
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> SETTLE.run(jdbc, word));
	}

	@Test
	void refusesARowOfAnotherShape() {
		List<@Nullable Object[]> rows = List.<@Nullable Object[]>of(new @Nullable Object[] { "a", "DONE" });
		assertThatIllegalArgumentException().isThrownBy(() -> SETTLE.run(jdbc, rows));
	}

	@Test
	void changesMoreRowsThanOneStatementTakes() {
		List<Object[]> many = new ArrayList<>();
		List<@Nullable Object[]> changes = new ArrayList<>();
		for (int i = 0; i < 2500; i++) {
			many.add(new Object[] { "p" + i });
			changes.add(row("p" + i, "DONE", null, null, i, false));
		}
		jdbc.batchUpdate("INSERT INTO parcel VALUES (?, 'PENDING', NULL, NULL, 0, FALSE)", many);
		assertThat(SETTLE.run(jdbc, changes)).isEqualTo(2500);
		assertThat(jdbc.queryForObject(
				"SELECT COUNT(*) FROM parcel WHERE state = 'DONE' AND parcel_id = CONCAT('p', tries)", Integer.class))
			.isEqualTo(2500);
	}

	private static @Nullable Object[] row(String id, String state, @Nullable String note, @Nullable Instant at,
			int more, boolean late) {
		return new @Nullable Object[] { id, state, note, DatabaseTime.toNullableColumn(at), more, late };
	}

	private static List<String> rows() {
		return jdbc.query("SELECT * FROM parcel ORDER BY parcel_id",
				(row, number) -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " "
						+ DatabaseTime.fromNullableColumn(row.getObject(4, java.time.LocalDateTime.class)) + " "
						+ row.getInt(5) + " " + row.getBoolean(6));
	}

}
