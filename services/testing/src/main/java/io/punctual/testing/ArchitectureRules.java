package io.punctual.testing;

import java.util.Arrays;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

import io.punctual.shared.release.UngatedWork;
import io.punctual.shared.release.WorkGate;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.RestController;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The rules that every module keeps; a module's test includes them by
 * {@code ArchTests.in(ArchitectureRules.class)}.
 */
public final class ArchitectureRules {

	private static final String[] SERVICES = { "io.punctual.clients..", "io.punctual.notices..",
			"io.punctual.delivery..", "io.punctual.sla.." };

	@ArchTest
	static final ArchRule NO_FIELD_IS_INJECTED = GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule CONTROLLERS_ARE_PACKAGE_PRIVATE = classes().that()
		.areAnnotatedWith(RestController.class)
		.should()
		.bePackagePrivate()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule FEATURES_DO_NOT_FORM_CYCLES = slices().matching("io.punctual.(*).(*)..")
		.should()
		.beFreeOfCycles()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule SHARED_KNOWS_NO_SERVICE = noClasses().that()
		.resideInAPackage("io.punctual.shared..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(SERVICES)
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule CLIENTS_KNOWS_NO_OTHER_SERVICE = service("clients");

	@ArchTest
	static final ArchRule NOTICES_KNOWS_NO_OTHER_SERVICE = service("notices");

	@ArchTest
	static final ArchRule DELIVERY_KNOWS_NO_OTHER_SERVICE = service("delivery");

	@ArchTest
	static final ArchRule SLA_KNOWS_NO_OTHER_SERVICE = service("sla");

	@ArchTest
	static final ArchRule NOBODY_WRITES_TO_THE_CONSOLE = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
		.allowEmptyShould(true);

	/** Background work asks the gate, or says why it need not. */
	@ArchTest
	static final ArchRule SCHEDULED_WORK_IS_GATED = methods().that()
		.areAnnotatedWith(Scheduled.class)
		.and()
		.areNotAnnotatedWith(UngatedWork.class)
		.should()
		.beDeclaredInClassesThat((DescribedPredicate.describe("a field of type WorkGate",
				(type) -> type.getFields()
					.stream()
					.anyMatch((field) -> field.getRawType().isEquivalentTo(WorkGate.class)))))
		.allowEmptyShould(true);

	/**
	 * Who writes otherwise writes without an entry in the audit, and without repetitions.
	 */
	@ArchTest
	static final ArchRule CHANGES_GO_THROUGH_TRANSACTIONS = noClasses().that()
		.resideInAnyPackage(SERVICES)
		.should()
		.dependOnClassesThat()
		.haveNameMatching(
				".*\\.(TransactionTemplate|PlatformTransactionManager|annotation\\.Transactional|jakarta\\.transaction.*)")
		.allowEmptyShould(true);

	/** What begins with the service would begin before the gate is open. */
	@ArchTest
	static final ArchRule LIFECYCLES_ARE_FEW = classes().that()
		.implement(SmartLifecycle.class)
		.should()
		.haveNameMatching(".*\\.(GateKeeper|LogWatch|CompletionWriter)")
		.allowEmptyShould(true);

	private ArchitectureRules() {
	}

	private static ArchRule service(String name) {
		String own = "io.punctual." + name + "..";
		return noClasses().that()
			.resideInAPackage(own)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(
					Arrays.stream(SERVICES).filter((service) -> !service.equals(own)).toArray(String[]::new))
			.allowEmptyShould(true);
	}

}
