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
	 * @param most how many may run; the database has connections for twice as many, since
	 * two releases may stand beside each other
	 */
	public record Tasks(int cpu, int memoryMib, int fewest, int deploying, int most) {

		/**
		 * The least and the most GiB of each size of Fargate, whose steps are of one GiB
		 * (a quarter of a core has half a GiB, too).
		 */
		private static final Map<Integer, int[]> GIB = Map.of(256, new int[] { 1, 2 }, 512, new int[] { 1, 4 }, 1024,
				new int[] { 2, 8 }, 2048, new int[] { 4, 16 }, 4096, new int[] { 8, 30 });

		public Tasks {
			int[] gib = GIB.get(cpu);
			boolean half = cpu == 256 && memoryMib == 512;
			if (gib == null
					|| !half && (memoryMib % 1024 != 0 || memoryMib < gib[0] * 1024 || memoryMib > gib[1] * 1024)) {
				throw new IllegalArgumentException("Fargate has no tasks of %d and %d MiB".formatted(cpu, memoryMib));
			}
			if (fewest < 1 || deploying < fewest || most < deploying) {
				throw new IllegalArgumentException("%d, %d and %d tasks".formatted(fewest, deploying, most));
			}
		}

		/**
		 * The same number of tasks, none smaller than that.
		 */
		private Tasks atLeast(int leastCpu, int leastMemoryMib) {
			return new Tasks(Math.max(leastCpu, this.cpu), Math.max(leastMemoryMib, this.memoryMib), this.fewest,
					this.deploying, this.most);
		}
	}

	public Tasks of(Service service) {
		Tasks tasks = this.tasks.get(service);
		if (tasks == null) {
			throw new IllegalStateException("no tasks are set for " + service.id());
		}
		return tasks;
	}

	/**
	 * The same on a platform: Windows starts at one core and 2 GiB on Fargate.
	 */
	Fleet on(Platform platform) {
		if (!platform.isWindows()) {
			return this;
		}
		Map<Service, Tasks> raised = new EnumMap<>(Service.class);
		this.tasks.forEach((service, each) -> raised.put(service, each.atLeast(1024, 2048)));
		return new Fleet(Map.copyOf(raised));
	}

	static Fleet small() {
		// One more while a release is deployed: what raises the floor is tried here, too.
		return each(new Tasks(256, 1024, 1, 2, 2));
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
