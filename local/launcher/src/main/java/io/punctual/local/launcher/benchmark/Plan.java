package io.punctual.local.launcher.benchmark;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What is measured, and after how much of a warm-up.
 *
 * @param figures what is measured, in the order in which they are declared
 * @param warmUp how long the services are warmed up: they run for days, and their code is
 * compiled before anything is measured
 */
public record Plan(Set<Figure> figures, Duration warmUp) {

	/** What the command line takes. */
	public static final String USAGE = """
			./run benchmark [--figures=A,B,…] [--warm-up=SECONDS]
			  steady   20 publications a second to one endpoint each
			  single   as many publications to one endpoint each as there can be
			  fan-out  updates to 1,000 endpoints, with a pause between
			  stream   the same without a pause
			  dead     what ten dead endpoints of 1,000 cost the others
			  wide     updates to 10,000 endpoints
			  waiting  publications while 50,000 less urgent deliveries wait
			  overdue  publications while 50,000 overdue deliveries wait""";

	/** After one minute on two cores a quarter of the time is still the compilers'. */
	private static final Duration WARM_UP = Duration.ofMinutes(3);

	/** All figures. */
	public static Plan standard() {
		return new Plan(EnumSet.allOf(Figure.class), WARM_UP);
	}

	/**
	 * The same with some figures only.
	 * @param names their names, separated by commas
	 * @throws IllegalArgumentException if there is no such figure
	 */
	public Plan figures(String names) {
		Set<Figure> chosen = EnumSet.noneOf(Figure.class);
		for (String name : names.split(",")) {
			chosen.add(Figure.named(name));
		}
		return new Plan(chosen, this.warmUp);
	}

	/**
	 * The same with another warm-up.
	 * @param seconds how many, 0 to 3600
	 * @throws IllegalArgumentException if it is no such number
	 */
	public Plan warmUp(String seconds) {
		if (!seconds.matches("[0-9]{1,4}") || Integer.parseInt(seconds) > 3600) {
			throw new IllegalArgumentException("--warm-up takes 0 to 3600 seconds, not '" + seconds + "'.");
		}
		return new Plan(this.figures, Duration.ofSeconds(Integer.parseInt(seconds)));
	}

	/** Whether it needs ten thousand endpoints. */
	boolean isWide() {
		return this.figures.stream().anyMatch((figure) -> figure.compareTo(Figure.WIDE) >= 0);
	}

	/**
	 * What can be measured.
	 */
	public enum Figure {

		STEADY, SINGLE, FAN_OUT, STREAM, DEAD, WIDE, WAITING, OVERDUE;

		static Figure named(String name) {
			for (Figure figure : values()) {
				if (figure.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
					return figure;
				}
			}
			throw new IllegalArgumentException("There is no figure '" + name + "'.");
		}

	}

}
