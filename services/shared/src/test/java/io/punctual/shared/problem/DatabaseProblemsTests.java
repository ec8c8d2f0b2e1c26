package io.punctual.shared.problem;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.TransactionSystemException;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseProblemsTests {

	private static Stream<SQLException> outages() {
		return Stream.of(new SQLException("Connection is closed"),
				new SQLNonTransientConnectionException("No operations allowed after connection closed."),
				new SQLException("Server shutdown in progress", "08S01", 1053),
				new SQLException("Query execution was interrupted", "70100", 1317),
				new SQLException("The server is running with the --read-only option", "HY000", 1290));
	}

	@ParameterizedTest
	@MethodSource("outages")
	void anOutageInTheMiddleOfATransactionIsSaidToPass(SQLException outage) {
		ProblemException problem = DatabaseProblems.of(new TransactionSystemException("Commit failed", outage), null);
		assertThat(problem).isNotNull().extracting(ProblemException::type).isEqualTo(ProblemType.UNAVAILABLE);
	}

	@Test
	void aWrongStatementIsOurFault() {
		SQLException failure = new SQLSyntaxErrorException("You have an error in your SQL syntax", "42000", 1064);
		assertThat(DatabaseProblems.of(new IllegalStateException(failure), null)).isNull();
	}

	@Test
	void textThatNoIdentifierHasIsTheCallersMistake() {
		SQLException failure = new SQLException("Illegal mix of collations", "HY000", 1267);
		assertThat(DatabaseProblems.of(new IllegalStateException(failure), null)).isNotNull()
			.extracting(ProblemException::type)
			.isEqualTo(ProblemType.VALIDATION);
	}

	@Test
	void aConflictIsNamedAsTheCallerKnowsIt() {
		assertThat(DatabaseProblems.of(new DuplicateKeyException("twice"), null)).isNotNull()
			.extracting(ProblemException::type)
			.isEqualTo(ProblemType.CONFLICT);
		assertThat(DatabaseProblems.of(new OptimisticLockingFailureException("changed"), "3")).isNotNull()
			.extracting(ProblemException::type)
			.isEqualTo(ProblemType.VERSION_CONFLICT);
	}

}
