package io.punctual.shared.events;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Loses its connection at the n-th statement or commit, just before it or just after it,
 * as if the process had been killed there; from then on nothing works.
 */
final class DyingDataSource extends DelegatingDataSource {

	private final HikariDataSource pool;

	private final int dyingStep;

	private final boolean after;

	private final AtomicInteger steps = new AtomicInteger();

	DyingDataSource(HikariDataSource pool, int dyingStep, boolean after) {
		super(pool);
		this.pool = pool;
		this.dyingStep = dyingStep;
		this.after = after;
	}

	boolean isDead() {
		return this.steps.get() >= this.dyingStep;
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (isDead()) {
			throw dead();
		}
		Connection connection = this.pool.getConnection();
		return proxy(Connection.class, connection, connection);
	}

	private <T> T proxy(Class<T> type, T target, Connection connection) {
		return type.cast(Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> call(target, method, arguments, connection)));
	}

	private Object call(Object target, Method method, Object[] arguments, Connection connection) throws Throwable {
		if (method.getName().startsWith("execute") || method.getName().equals("commit")) {
			return step(target, method, arguments, connection);
		}
		Object result = invoke(target, method, arguments);
		if (result instanceof PreparedStatement statement && target instanceof Connection) {
			return proxy(PreparedStatement.class, statement, connection);
		}
		return (result instanceof Statement statement && target instanceof Connection)
				? proxy(Statement.class, statement, connection) : result;
	}

	private Object step(Object target, Method method, Object[] arguments, Connection connection) throws Throwable {
		int step = this.steps.incrementAndGet();
		if (step < this.dyingStep) {
			return invoke(target, method, arguments);
		}
		if (step == this.dyingStep && this.after) {
			invoke(target, method, arguments);
		}
		connection.unwrap(com.mysql.cj.jdbc.JdbcConnection.class).abort(Runnable::run);
		this.pool.evictConnection(connection);
		throw dead();
	}

	private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static SQLException dead() {
		return new SQLNonTransientConnectionException("killed here on purpose", "08003");
	}

}
