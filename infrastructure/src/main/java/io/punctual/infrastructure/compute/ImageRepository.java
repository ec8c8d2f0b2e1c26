package io.punctual.infrastructure.compute;

import java.util.List;

import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.ecr.LifecycleRule;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecr.TagMutability;
import software.amazon.awscdk.services.ecr.TagStatus;
import software.constructs.Construct;

/**
 * The images of a service, one for each commit that was built; a tag never changes what
 * it names.
 */
final class ImageRepository extends Construct {

	/**
	 * How many releases one can go back.
	 */
	static final int RELEASES = 100;

	/**
	 * What ECR counts of one release: the image, its signature and its attestation, which
	 * cosign keeps as tags of the same repository.
	 */
	private static final int OF_A_RELEASE = 3;

	private final Repository repository;

	ImageRepository(Construct scope, Service service) {
		super(scope, "Images" + service.title());
		this.repository = Repository.Builder.create(this, "Repository")
			.repositoryName(service.repository())
			.imageTagMutability(TagMutability.IMMUTABLE)
			.imageScanOnPush(true)
			.removalPolicy(RemovalPolicy.RETAIN)
			.lifecycleRules(List.of(
					LifecycleRule.builder()
						.rulePriority(1)
						.description("What lost its tag, such as half a push")
						.tagStatus(TagStatus.UNTAGGED)
						.maxImageAge(Duration.days(7))
						.build(),
					LifecycleRule.builder()
						.rulePriority(2)
						.description("Older releases than one goes back to")
						.tagStatus(TagStatus.ANY)
						.maxImageCount(RELEASES * OF_A_RELEASE)
						.build()))
			.build();
	}

	IRepository repository() {
		return this.repository;
	}

}
