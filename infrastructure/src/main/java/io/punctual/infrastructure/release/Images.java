package io.punctual.infrastructure.release;

import io.punctual.infrastructure.settings.Platform;
import software.amazon.awscdk.services.codebuild.IBuildImage;
import software.amazon.awscdk.services.codebuild.LinuxArmBuildImage;
import software.amazon.awscdk.services.codebuild.LinuxBuildImage;

/**
 * The machines' images: AWS's own that have a JDK 25, so that no build installs one. An
 * image of ours would have to be pulled anew for each build; these are kept at hand.
 */
final class Images {

	/**
	 * Where the tests' embedded database has binaries, and what they are linked with:
	 * Ubuntu has libcrypt.so.1, Amazon Linux 2023 has not.
	 */
	static final IBuildImage X86 = LinuxBuildImage.fromCodeBuildImageId("aws/codebuild/standard:8.0");

	private Images() {
	}

	/**
	 * Where class caches are trained they must be used: the build runs on what the
	 * services run on.
	 */
	static IBuildImage of(Platform platform) {
		return platform.cpuArchitecture().equals(Platform.ARM64.cpuArchitecture())
				? LinuxArmBuildImage.fromCodeBuildImageId("aws/codebuild/amazonlinux-aarch64-standard:4.0") : X86;
	}

}
