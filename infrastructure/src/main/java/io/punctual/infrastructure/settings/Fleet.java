package io.punctual.infrastructure.settings;

import java.util.EnumMap;
import java.util.Map;

/**
 * How large each service's tasks are and how many there may be.
 */
public record Fleet(Map<Service, Tasks> tasks) {

	/**
	 * The tasks of one service.
	 *
	 * @param cpu in units of 1/1024 of a core, as Fargate has them
	 * @param memoryMib as Fargate allows with {@code cpu}
	 * @param fewest how many always run
	 * @param deploying how many run at least while a release is being deployed
	 * @param most how many may run
	 */
	public record Tasks(int cpu, int memoryMib, int fewest, int deploying, int most) {
	}

	public Tasks of(Service service) {
		Tasks tasks = this.tasks.get(service);
		if (tasks == null) {
			throw new IllegalStateException("no tasks are set for " + service.id());
		}
		return tasks;
	}

	static Fleet small() {
		return each(new Tasks(256, 1024, 1, 1, 2));
	}

	static Fleet normal() {
		return each(new Tasks(512, 1024, 2, 3, 6));
	}

	private static Fleet each(Tasks same) {
		Map<Service, Tasks> tasks = new EnumMap<>(Service.class);
		for (Service service : Service.values()) {
			tasks.put(service, same);
		}
		return new Fleet(Map.copyOf(tasks));
	}

}
