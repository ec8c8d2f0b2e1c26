package io.punctual.delivery;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.punctual.testing.ArchitectureRules;

/**
 * The shape of the service.
 */
@AnalyzeClasses(packages = "io.punctual.delivery", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);

}
