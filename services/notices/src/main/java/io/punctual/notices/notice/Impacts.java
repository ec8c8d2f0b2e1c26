package io.punctual.notices.notice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.shared.contract.Impact;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Completes what an update says of the components: it is stored for each of them, as a
 * whole and not as a change.
 */
@Component
class Impacts {

	private final Updates updates;

	Impacts(Updates updates) {
		this.updates = updates;
	}

	/**
	 * The level of every component.
	 * @param notice the notice before the update
	 * @param given what the update says; null: as before, or all well again if it closes
	 * the notice
	 * @param components the components from this update on
	 * @param closing whether it closes the notice
	 * @param pointer where in the request's body the update is
	 */
	List<Impact> complete(Notice notice, @Nullable List<Impact> given, List<String> components, boolean closing,
			String pointer) {
		Map<String, ImpactLevel> levels = new LinkedHashMap<>();
		components.forEach((component) -> levels.put(component, ImpactLevel.NONE));
		if (given != null) {
			check(given, components, pointer + "/impacts/");
			given.forEach((impact) -> levels.put(impact.componentId(), impact.level()));
		}
		else if (!closing && notice.lastSeq() > 0) {
			this.updates.impacts(notice.noticeId(), notice.lastSeq())
				.forEach((impact) -> levels.replace(impact.componentId(), impact.level()));
		}
		List<Impact> impacts = new ArrayList<>(levels.size());
		levels.forEach((component, level) -> impacts.add(new Impact(component, level)));
		return impacts;
	}

	private static void check(List<Impact> given, List<String> components, String place) {
		ProblemException problem = ProblemException.of(ProblemType.VALIDATION, "An impact is wrong.");
		for (int i = 0; i < given.size(); i++) {
			Impact impact = given.get(i);
			String pointer = place + i;
			if (impact.componentId() == null || !components.contains(impact.componentId())) {
				problem.field(pointer + "/componentId", "must be one of the notice's components");
			}
			else if (given.subList(0, i)
				.stream()
				.anyMatch((other) -> impact.componentId().equals(other.componentId()))) {
				problem.field(pointer + "/componentId", "must not be there twice");
			}
			if (impact.level() == null) {
				problem.field(pointer + "/level", "must not be null");
			}
		}
		if (!problem.errors().isEmpty()) {
			throw problem;
		}
	}

}
