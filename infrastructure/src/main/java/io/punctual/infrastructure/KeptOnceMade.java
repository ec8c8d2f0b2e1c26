package io.punctual.infrastructure;

import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.CfnResource;
import software.constructs.IConstruct;

/**
 * Keeps what is to be kept, but not of a stack that could not be made: its names would be
 * taken and its addresses counted when it is tried again.
 */
final class KeptOnceMade {

	private KeptOnceMade() {
	}

	/**
	 * Not by an aspect: the CDK would call one back for each construct, each call within
	 * the one before, until the stack of the thread is used up.
	 */
	static void apply(IConstruct root) {
		for (IConstruct construct : root.getNode().findAll()) {
			if (construct instanceof CfnResource resource
					&& resource.getCfnOptions().getDeletionPolicy() == CfnDeletionPolicy.RETAIN) {
				resource.getCfnOptions().setDeletionPolicy(CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE);
			}
		}
	}

}
